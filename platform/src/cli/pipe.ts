/**
 * A reader that leaves early (`| head`) is no error: what is printed after that goes nowhere, and the command still does
 * what it was asked to do to the end.
 */
export function allowReadersToLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
