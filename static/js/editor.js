// The editor of a letter's text: it shows headings, lists, tables, bold and italic as they are. What is sent stays the
// text with signs in the field below it, so without this file one writes the signs oneself.
(() => {
  "use strict";

  const template = document.querySelector("#letter-tools");
  if (!template || !window.ProseMirror) return;
  const { read, write, words, schema, isHeading } = window.signs;
  const { EditorState, EditorView, Plugin, TextSelection, Slice, Decoration, DecorationSet, tables } = window.ProseMirror;
  const { baseKeymap, chainCommands, toggleMark, history, undo, redo, keymap, inputRules, InputRule } = window.ProseMirror;
  const { line, table, table_row: row, table_header: head, table_cell: cell } = schema.nodes;
  const { bold, italic } = schema.marks;
  const LETTERS = "abcdđeghiklmnopqrstuvxy";
  const NUMBERED = /^(\d+)\. /;
  const LETTERED = /^(\p{Ll})\) /u;

  // Commands

  const lineAt = ($place) => ($place.parent.type === line ? $place.parent : null);

  // The lines of the selection: [position, node].
  function chosen(state) {
    const found = [];
    state.doc.nodesBetween(state.selection.from, state.selection.to, (node, place) => {
      if (node.type === line) found.push([place, node]);
    });
    return found;
  }

  const toggleKind = (kind, sign) => (state, dispatch) => {
    const lines = chosen(state);
    if (!lines.length) return false;
    const attrs = lines.every(([, node]) => node.attrs.kind === kind) ? null : { kind, sign };
    const { tr } = state;
    for (const [place] of lines) tr.setNodeMarkup(place, null, attrs);
    dispatch?.(tr);
    return true;
  };

  // “1. ” or “a) ” before each line chosen, going on from the last one above; pressed again, away with it.
  const toggleNumber = (pattern, next) => (state, dispatch) => {
    const lines = chosen(state);
    if (!lines.length) return false;
    const away = lines.every(([, node]) => pattern.test(node.textContent));
    const { tr } = state;
    let last = away ? "" : lastBefore(state.doc, lines[0][0], pattern);
    for (const [place, node] of lines) {
      const from = tr.mapping.map(place) + 1;
      const old = node.textContent.match(/^(?:\d+\.|\p{Ll}\)) /u)?.[0] ?? "";
      last = next(last);
      tr.insertText(away ? "" : last, from, from + old.length);
      if (node.attrs.kind !== "text") tr.setNodeMarkup(from - 1, null, null);
    }
    dispatch?.(tr);
    return true;
  };

  function lastBefore(doc, until, pattern) {
    let last = "";
    doc.forEach((node, place) => {
      if (place >= until) return;
      const found = node.textContent.match(pattern)?.[1];
      if (found) last = found;
      else if (pattern === LETTERED && NUMBERED.test(node.textContent)) last = "";
    });
    return last;
  }

  const commands = {
    bold: toggleMark(bold),
    italic: toggleMark(italic),
    number: toggleNumber(NUMBERED, (last) => `${Number.parseInt(last || "0", 10) + 1}. `),
    letter: toggleNumber(LETTERED, (last) => `${LETTERS[last ? LETTERS.indexOf(last[0]) + 1 : 0] ?? "a"}) `),
    item: toggleKind("item", "- "),
    quote: toggleKind("quote", "> "),
    table: insertTable,
    undo,
    redo,
    "row-after": tables.addRowAfter,
    "column-after": tables.addColumnAfter,
    "row-away": chainCommands(tables.deleteRow, tables.deleteTable),
    "column-away": chainCommands(tables.deleteColumn, tables.deleteTable),
  };

  function insertTable(state, dispatch) {
    const { $from } = state.selection;
    if (!lineAt($from)) return false;
    const rows = [head, cell, cell].map((kind) => row.create(null, [kind.create(), kind.create(), kind.create()]));
    const after = $from.after();
    const isLast = after === state.doc.content.size;
    const tr = state.tr.insert(after, isLast ? [table.create(null, rows), line.create()] : table.create(null, rows));
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 3))).scrollIntoView());
    return true;
  }

  function enter(state, dispatch) {
    const { $from, $to } = state.selection;
    const node = lineAt($from);
    if (!node) return tables.isInTable(state);
    if (node.attrs.kind !== "text" && !node.content.size) return toggleKind(node.attrs.kind)(state, dispatch);
    const tr = state.tr.delete($from.pos, $to.pos);
    dispatch?.(tr.split($from.pos, 1, [{ type: line, attrs: node.attrs }]).scrollIntoView());
    return true;
  }

  // At the beginning of an item or a quotation, one step back makes it text again.
  function back(state, dispatch) {
    const { $cursor } = state.selection;
    const kind = $cursor && lineAt($cursor)?.attrs.kind;
    if (!kind || kind === "text" || $cursor.parentOffset > 0) return false;
    return toggleKind(kind)(state, dispatch);
  }

  // In a table Tab goes on, with a new row after the last cell; elsewhere it leaves the field as everywhere.
  function tab(state, dispatch, view) {
    if (!tables.isInTable(state)) return false;
    if (tables.goToNextCell(1)(state, dispatch)) return true;
    tables.addRowAfter(state, dispatch);
    return tables.goToNextCell(1)(view.state, dispatch);
  }

  // Whoever knows the signs types them.
  const marked = (pattern, mark) =>
    new InputRule(pattern, (state, [whole, before, inner], start, end) => {
      const from = start + before.length;
      return state.tr.replaceWith(from, end, schema.text(inner, [mark.create()])).removeStoredMark(mark);
    });
  const begun = (pattern, attrs) =>
    new InputRule(pattern, (state, _match, start, end) => {
      const $start = state.doc.resolve(start);
      if (lineAt($start)?.attrs.kind !== "text") return null;
      return state.tr.delete(start, end).setNodeMarkup($start.before(), null, attrs);
    });
  const rules = [
    begun(/^- $/, { kind: "item", sign: "- " }),
    begun(/^> $/, { kind: "quote", sign: "> " }),
    marked(/(^|[^*])\*\*(\S(?:[^*]*\S)?)\*\*$/, bold),
    marked(/(^|[^\p{L}\p{N}_])_(\S(?:[^_]*\S)?)_$/u, italic),
  ];

  // A line that the letter will set as a heading looks like one.
  const headings = new Plugin({
    props: {
      decorations(state) {
        const found = [];
        state.doc.forEach((node, place) => {
          if (node.type === line && node.attrs.kind === "text" && isHeading(words(node))) {
            found.push(Decoration.node(place, place + node.nodeSize, { class: "is-heading" }));
          }
        });
        return DecorationSet.create(state.doc, found);
      },
    },
  });

  // The editor of one field

  function edit(area) {
    const tools = template.content.firstElementChild.cloneNode(true);
    const place = document.createElement("div");
    place.className = "letter-editor";
    area.before(place);
    place.append(tools);

    const plugins = [
      history(),
      inputRules({ rules }),
      keymap({ "Mod-b": commands.bold, "Mod-i": commands.italic, "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo }),
      keymap({ Enter: enter, "Shift-Enter": enter, Backspace: back, Tab: tab, "Shift-Tab": tables.goToNextCell(-1) }),
      keymap(baseKeymap),
      tables.tableEditing(),
      headings,
    ];
    const fresh = () => EditorState.create({ doc: read(area.value), plugins });
    const view = new EditorView(place, {
      state: fresh(),
      attributes: named(area),
      handleDOMEvents: { paste, blur },
      clipboardTextSerializer: (slice) => write(slice.content),
      dispatchTransaction(change) {
        view.updateState(view.state.apply(change));
        if (change.docChanged) changed();
        show();
      },
    });

    function changed() {
      area.value = write(view.state.doc.content);
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function paste(_view, event) {
      const html = event.clipboardData.getData("text/html");
      const ours = !html || html.includes("data-pm-slice");
      insert(ours ? event.clipboardData.getData("text/plain") : window.pasted.text(html));
      event.preventDefault();
      return true;
    }

    // Text with signs at the cursor; in a cell of a table, all in one line.
    function insert(text) {
      const inCell = tables.isInTable(view.state);
      const { content } = read(inCell ? text.replaceAll("|", " ").replace(/\s+/g, " ").trim() : text);
      const isOneLine = content.childCount === 1 && content.firstChild.attrs.kind === "text";
      const edges = [content.firstChild, content.lastChild].map((one) => Number(one.attrs.kind === "text"));
      const slice = isOneLine ? new Slice(content.firstChild.content, 0, 0) : new Slice(content, ...edges);
      view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
    }

    // What was typed as signs is shown as what it means once one leaves the field.
    function blur() {
      const again = read(area.value);
      const letters = (doc) => doc.textContent.replace(/\s/g, "");
      if (letters(again) === letters(view.state.doc)) return false;
      view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, again.content).setMeta("addToHistory", false));
      return false;
    }

    function show() {
      const { state } = view;
      const kinds = chosen(state).map(([, node]) => node);
      const every = (test) => String(kinds.length > 0 && kinds.every(test));
      const { $from, from, to, empty } = state.selection;
      const has = (mark) => String(!!(empty ? mark.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, mark)));
      const pressed = {
        bold: has(bold),
        italic: has(italic),
        number: every((node) => NUMBERED.test(node.textContent)),
        letter: every((node) => LETTERED.test(node.textContent)),
        item: every((node) => node.attrs.kind === "item"),
        quote: every((node) => node.attrs.kind === "quote"),
      };
      for (const button of tools.querySelectorAll("[data-do]")) {
        if (button.dataset.do in pressed) button.setAttribute("aria-pressed", pressed[button.dataset.do]);
      }
      tools.querySelector("[data-in-table]").hidden = !tables.isInTable(state);
    }

    // One stop of the Tab key for the whole bar; arrows go from button to button.
    tools.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const all = [...tools.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));
      const next = all.at((all.indexOf(event.target) + step) % all.length);
      for (const button of tools.querySelectorAll("button")) button.tabIndex = button === next ? 0 : -1;
      next.focus();
    });
    tools.addEventListener("mousedown", (event) => event.preventDefault());
    tools.addEventListener("click", (event) => {
      const action = event.target.closest("[data-do]")?.dataset.do;
      if (action === "cite") cite(area, insert, () => view.focus());
      else if (action) {
        commands[action](view.state, view.dispatch, view);
        view.focus();
      }
    });
    document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => view.focus());
    // A page the browser brings back may hold other words than it was made with.
    window.addEventListener("pageshow", () => {
      if (area.value.trim() !== write(view.state.doc.content) && !read(area.value).eq(view.state.doc)) view.updateState(fresh());
    });
    area.hidden = true;
    show();
  }

  function named(area) {
    const label = document.querySelector(`label[for="${area.id}"]`);
    if (label) label.id ||= `${area.id}-label`;
    const attributes = { class: "form-control letter-text", role: "textbox", "aria-multiline": "true" };
    if (label) attributes["aria-labelledby"] = label.id;
    if (area.getAttribute("aria-describedby")) attributes["aria-describedby"] = area.getAttribute("aria-describedby");
    if (area.classList.contains("is-invalid")) attributes.class += " is-invalid";
    return attributes;
  }

  // Citing a document: its words into the text, its line into the list of documents cited.
  const dialog = document.querySelector("#cite");

  function cite(area, insert, focus) {
    const form = dialog.querySelector("form");
    const list = area.closest("fieldset")?.querySelector("[data-cited]");
    const text = () => {
      const { document: kind, number, dated, issuer, subject } = Object.fromEntries(
        [...new FormData(form)].map(([name, value]) => [name, value.trim()]),
      );
      const day = dated.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
      const month = day && (Number(day[2]) < 3 ? day[2].padStart(2, "0") : Number(day[2]));
      return [
        kind,
        number && `số ${number}`,
        day ? `ngày ${day[1].padStart(2, "0")} tháng ${month} năm ${day[3]}` : dated && `ngày ${dated}`,
        issuer && `của ${issuer}`,
        subject,
      ].filter(Boolean).join(" ");
    };
    form.reset();
    dialog.onclose = () => {
      if (dialog.returnValue === "insert" && text()) {
        insert(text());
        if (list && !list.value.split("\n").includes(text())) {
          list.value = `${list.value.trimEnd()}\n${text()}`.trimStart();
        }
      }
      dialog.returnValue = "";
      focus();
    };
    dialog.showModal();
    form.elements.document.select();
  }

  for (const area of document.querySelectorAll("[data-letter-text]")) edit(area);
})();
