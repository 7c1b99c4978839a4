// Text with the signs of a letter, read into what an editor shows and written back. Follows responses/markup.py.
window.signs = (() => {
  "use strict";

  const { Schema, tables } = window.ProseMirror;
  const BOLD = /\*\*(?=\S)(.+?)(?<=\S)\*\*/g;
  const ITALIC = /(?<![\p{L}\p{N}_])_(?=\S)(.+?)(?<=\S)_(?![\p{L}\p{N}_])/gu;
  const HEADING = /^(?:\d+(?:\.\d+)*\.|[IVX]+\.) [^|]{1,150}(?<![.;:,])$/;
  const ITEM = /^([-•+] )/;
  const RULE = /^\|(?:\s*:?-{3,}:?\s*\|)+$/;
  const WORD = /[\p{L}\p{N}_]/u;

  // One line of the text is one line of the editor: what nobody touches is written as it was read.
  const cells = tables.tableNodes({ tableGroup: "block", cellContent: "text*", cellAttributes: {} });
  const schema = new Schema({
    nodes: {
      doc: { content: "block+" },
      line: {
        content: "text*",
        group: "block",
        attrs: { kind: { default: "text" }, sign: { default: "" } },
        parseDOM: [{ tag: "p" }, { tag: "div" }],
        toDOM: (node) => ["p", { class: `line-${node.attrs.kind}` }, 0],
      },
      text: {},
      ...cells,
    },
    marks: {
      bold: { parseDOM: [{ tag: "b" }, { tag: "strong" }], toDOM: () => ["b", 0] },
      italic: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["i", 0] },
    },
  });
  const { doc, line, table, table_row: row, table_header: head, table_cell: cell } = schema.nodes;
  const { bold, italic } = schema.marks;

  // Reading

  function read(text) {
    const blocks = [];
    let rows = [];
    const closeTable = () => {
      if (rows.length) blocks.push(readTable(rows));
      rows = [];
    };
    for (const source of text.split(/\r?\n/).map((one) => one.trim())) {
      if (source.length > 2 && source.startsWith("|") && source.endsWith("|")) {
        if (!RULE.test(source)) rows.push(source);
      } else {
        closeTable();
        blocks.push(readLine(source));
      }
    }
    closeTable();
    // Before and after a table there is a place to write.
    if (blocks[0].type === table) blocks.unshift(line.create());
    if (blocks.at(-1).type === table) blocks.push(line.create());
    return doc.create(null, blocks);
  }

  function readLine(source) {
    const sign = source.match(ITEM)?.[1];
    if (sign) return line.create({ kind: "item", sign }, inline(source.slice(sign.length)));
    if (source.startsWith("> ")) return line.create({ kind: "quote", sign: "> " }, inline(source.slice(2)));
    return line.create(null, inline(source));
  }

  function readTable(sources) {
    const texts = sources.map((source) => source.replace(/^\|+|\|+$/g, "").split("|").map((one) => one.trim()));
    const width = Math.max(...texts.map((one) => one.length));
    return table.create(
      null,
      texts.map((one, index) =>
        row.create(
          null,
          Array.from({ length: width }, (_none, place) => (index ? cell : head).create(null, inline(one[place] ?? ""))),
        ),
      ),
    );
  }

  function inline(source) {
    const nodes = [];
    const marks = new Set();
    const marked = source.replace(BOLD, "\u0001$1\u0002").replace(ITALIC, "\u0003$1\u0004");
    for (const piece of marked.split(/([\u0001-\u0004])/)) {
      if (piece === "\u0001") marks.add(bold);
      else if (piece === "\u0002") marks.delete(bold);
      else if (piece === "\u0003") marks.add(italic);
      else if (piece === "\u0004") marks.delete(italic);
      else if (piece) nodes.push(schema.text(piece, [...marks].map((mark) => mark.create())));
    }
    return nodes;
  }

  // Writing

  function write(fragment) {
    const lines = [];
    fragment.forEach((block) => {
      if (block.type === table) block.forEach((one) => lines.push(writeRow(one)));
      else lines.push(block.type === line ? block.attrs.sign + words(block) : words(block));
    });
    return lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "");
  }

  function writeRow(one) {
    const texts = [];
    one.forEach((part) => texts.push(words(part).replaceAll("|", "/").trim()));
    return `| ${texts.join(" | ")} |`.replace(/ {2,}/g, " ");
  }

  function words(block) {
    const pieces = [];
    block.forEach((node) => {
      pieces.push({ text: node.text, bold: !!bold.isInSet(node.marks), italic: !!italic.isInSet(node.marks) });
    });
    let written = "";
    for (let start = 0, end; start < pieces.length; start = end) {
      end = start + 1;
      while (end < pieces.length && pieces[end].bold === pieces[start].bold) end += 1;
      const run = pieces.slice(start, end).map((piece, index) => slanted(pieces, piece, start + index)).join("");
      written += pieces[start].bold ? around("**", run) : run;
    }
    return written;
  }

  // Inside a word “_” is a letter like others: there the sign is left out.
  function slanted(pieces, piece, place) {
    const beside = (other) => (other && other.bold === piece.bold ? other.text : "");
    const joins = (left, right) => WORD.test(left.at(-1) ?? "") && WORD.test(right[0] ?? "");
    const inWord = joins(beside(pieces[place - 1]), piece.text) || joins(piece.text, beside(pieces[place + 1]));
    return piece.italic && !inWord ? around("_", piece.text) : piece.text;
  }

  // Signs stand at the words, never at the spaces beside them.
  function around(sign, text) {
    const [, before, inner, after] = text.match(/^(\s*)(.*?)(\s*)$/s);
    return inner ? before + sign + inner + sign + after : text;
  }

  return { schema, read, write, words, isHeading: (text) => HEADING.test(text) };
})();
