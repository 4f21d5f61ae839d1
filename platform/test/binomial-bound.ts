/** The smallest number of so many with a chance of at most 1 % of being reached if the rate is `rate`. */
export function mostOf(total: number, rate: number): number {
  let [at, term, above] = [0, (1 - rate) ** total, 1 - (1 - rate) ** total];
  while (above > 0.01) {
    at++;
    term *= ((total - at + 1) / at) * (rate / (1 - rate));
    above -= term;
  }
  return at;
}
