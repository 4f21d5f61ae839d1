import type { Child } from 'hono/jsx';
import type { Block, Inline } from './markdown.ts';

function word(part: Inline): Child {
  switch (part.kind) {
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'em':
      return <em>{part.text}</em>;
    case 'link':
      return (
        <a class="ds-link" href={part.href} rel="noreferrer">
          {part.text}
        </a>
      );
    case 'text':
      return part.text;
  }
}

const words = (text: readonly Inline[]): Child => <>{text.map(word)}</>;

function blockView(block: Block): Child {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h2 id={block.id}>{words(block.text)}</h2>
      ) : (
        <h3 id={block.id}>{words(block.text)}</h3>
      );
    case 'quote':
      return (
        <blockquote>
          <p>{words(block.text)}</p>
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item) => <li>{words(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
      return <p>{words(block.text)}</p>;
  }
}

/** A training text as page content; its headings can be linked to. */
export function Markdown({ blocks }: { blocks: readonly Block[] }) {
  return <>{blocks.map(blockView)}</>;
}
