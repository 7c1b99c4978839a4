// The drafting page: saves what is typed by itself, tells who else is writing, never over somebody's words.
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const state = document.querySelector("#save-state");
  let typed = 0;
  let saved = 0;
  let stopped = false;
  let busy = false;
  let leaving = false;
  let saving = Promise.resolve();

  form.addEventListener("input", () => {
    typed += 1;
  });

  async function save() {
    if (stopped || busy || leaving || typed === saved) return;
    busy = true;
    const upTo = typed;
    const body = new FormData(form);
    body.delete("_once");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      state.textContent = `· ${told.state}`;
      if (answer.ok) {
        saved = upTo;
        form.querySelector("[name=revision]").value = told.revision;
        document.querySelector("#revision").textContent = told.revision;
        showOthers(told.others);
        if (typed === saved) delete form.dataset.dirty;
      } else if (answer.status === 409) {
        stopped = true;
        document.querySelector("#meanwhile").innerHTML = told.html;
        document.querySelector("#meanwhile").scrollIntoView();
      }
    } catch {
      state.textContent = `· ${state.dataset.offline || "…"}`;
    } finally {
      busy = false;
    }
  }

  function showOthers(names) {
    const notice = document.querySelector("#others");
    notice.hidden = names.length === 0;
    notice.querySelector("span").textContent = names.join(", ");
  }

  function begin() {
    if (!busy) saving = save();
  }

  // Whoever presses a button waits for what is being saved by itself, or the one would be held to be somebody else's.
  form.addEventListener("submit", (event) => {
    leaving = true;
    if (!busy) return;
    event.preventDefault();
    event.stopPropagation();
    saving.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  window.setInterval(begin, 10000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") begin();
  });
})();

// Writing: buttons for the signs of formatting, and Word's text pasted with lists, tables, bold and italic.
(() => {
  "use strict";

  const areas = [...document.querySelectorAll("[data-letter-text]")];
  const toolbar = document.querySelector("#letter-tools");
  if (!areas.length || !toolbar) return;

  for (const area of areas) {
    const tools = toolbar.content.firstElementChild.cloneNode(true);
    area.before(tools);
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-sign]");
      if (button) put(area, button.dataset.sign, button.dataset.end || "", "line" in button.dataset);
    });
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const sign = { b: "**", i: "_" }[event.key];
      if (!sign) return;
      event.preventDefault();
      put(area, sign, sign, false);
    });
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      if (!html) return;
      const text = written(new DOMParser().parseFromString(html, "text/html").body);
      event.preventDefault();
      insert(area, area.selectionStart, area.selectionEnd, text);
    });
  }

  function insert(area, from, to, text) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  function put(area, sign, end, wholeLines) {
    let from = area.selectionStart;
    const to = area.selectionEnd;
    if (wholeLines) {
      from = area.value.lastIndexOf("\n", from - 1) + 1;
      const lines = area.value.slice(from, to).split("\n");
      insert(area, from, to, lines.map((line) => sign + line + end).join("\n"));
    } else {
      insert(area, from, to, sign + area.value.slice(from, to) + end);
    }
  }

  // What was copied, as text with signs: nothing else of Word comes along.
  function written(node) {
    return block(node).replace(/[ \t\u00a0]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  }

  function block(node) {
    let text = "";
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data.replace(/\s+/g, " ");
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      const name = child.localName;
      if (["style", "script", "meta", "link", "title", "xml", "img"].includes(name) || name.includes(":")) continue;
      const inner = block(child);
      if (name === "br") text += "\n";
      else if (name === "li") text += `\n- ${inner.trim()}\n`;
      else if (name === "table") text += `\n${rows(child)}\n`;
      else if (name === "blockquote") text += `\n> ${inner.trim()}\n`;
      else if (["p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "section"].includes(name)) text += `\n${item(child, inner)}\n`;
      else if (["b", "strong"].includes(name) && inner.trim()) text += ` **${inner.trim()}** `;
      else if (["i", "em"].includes(name) && inner.trim()) text += ` _${inner.trim()}_ `;
      else text += inner;
    }
    return text;
  }

  function item(element, inner) {
    const isItem = /MsoListParagraph/.test(element.className);
    return isItem ? `- ${inner.trim().replace(/^[·•o§-]\s*/, "")}` : inner;
  }

  function rows(table) {
    return [...table.rows]
      .map((row) => `| ${[...row.cells].map((cell) => block(cell).replace(/\s+/g, " ").trim()).join(" | ")} |`)
      .join("\n");
  }
})();
