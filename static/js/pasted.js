// What was copied from Word or a page, as text with signs: nothing else comes along.
window.pasted = (() => {
  "use strict";

  const DROPPED = ["style", "script", "meta", "link", "title", "xml", "img", "del", "s", "template"];
  const BLOCKS = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "section", "article", "dl", "dt", "dd"];
  const NUMBER = /^(?:\d+(?:\.\d+)*[.)]|[\p{L}][.)]|[IVX]+[.)])\s*/u;

  function text(html) {
    const { body } = new DOMParser().parseFromString(harmless(html), "text/html");
    const lines = block(body).replace(/[ \t\u00a0]+/g, " ").split("\n").map((line) => line.trim());
    return lines.filter(Boolean).map(heading).join("\n");
  }

  // The page's own rules forbid styles; what they say of bold and italic is read under another name.
  function harmless(html) {
    const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "");
    return bare.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style"));
  }

  // A heading is set bold by the letter; bold of its own would make it a paragraph.
  function heading(line) {
    const inner = line.match(/^\*\*([^*]+)\*\*$/)?.[1];
    return inner && window.signs.isHeading(inner) ? inner : line;
  }

  function block(node) {
    let written = "";
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) written += child.data.replace(/\s+/g, " ");
      if (child.nodeType === Node.ELEMENT_NODE) written += element(child);
    }
    return written;
  }

  function element(child) {
    const name = child.localName;
    if (DROPPED.includes(name) || name.includes(":")) return "";
    if (name === "br") return "\n";
    if (name === "table") return `\n${rows(child)}\n`;
    const inner = block(child);
    if (name === "li") return `\n${child.parentElement.localName === "ol" ? numbered(child) : "- "}${inner.trim()}\n`;
    if (name === "blockquote") return `\n${inner.trim().replace(/^(?=.)/gm, "> ")}\n`;
    if (BLOCKS.includes(name)) return `\n${item(child, inner)}\n`;
    return marked(child, name, inner);
  }

  function marked(child, name, inner) {
    if (!inner.trim()) return inner;
    const style = child.dataset.style ?? "";
    const isPlain = /font-weight:\s*(?:normal|400)/.test(style);
    const isBold = (["b", "strong"].includes(name) && !isPlain) || /font-weight:\s*(?:bold|[6-9]00)/.test(style);
    const isItalic = ["i", "em"].includes(name) || /font-style:\s*italic/.test(style);
    let written = inner;
    if (isItalic && !inner.includes("_")) written = around("_", written);
    if (isBold && !inner.includes("**")) written = around("**", written);
    return written;
  }

  // Line by line, and outside the spaces: a sign reaches no further than its line.
  function around(sign, words) {
    return words.replace(/[^\s](?:[^\n]*[^\s])?/g, `${sign}$&${sign}`);
  }

  function numbered(child) {
    const first = Number(child.parentElement.getAttribute("start") ?? 1);
    return `${first + [...child.parentElement.children].filter((one) => one.localName === "li").indexOf(child)}. `;
  }

  // A paragraph of Word's lists holds its own bullet or number as text.
  function item(child, inner) {
    if (!/MsoList/.test(child.className) && !/mso-list:\s*l/.test(child.dataset.style ?? "")) return inner;
    const words = inner.trim();
    return NUMBER.test(words) ? words : `- ${words.replace(/^[^\p{L}\p{N}“"(]\s*|^o\s+/u, "")}`;
  }

  // A cell that reaches over several columns leaves the others empty, so that columns stay below one another.
  function rows(table) {
    return [...table.rows]
      .map((row) => {
        const cells = [...row.cells].flatMap((cell) => {
          const words = block(cell).replace(/\s+/g, " ").replaceAll("|", "/").trim().replace(/^\*\*([^*]+)\*\*$/, "$1");
          return [words, ...Array(Math.min(cell.colSpan, 20) - 1).fill("")];
        });
        return `| ${cells.join(" | ")} |`;
      })
      .join("\n");
  }

  return { text };
})();
