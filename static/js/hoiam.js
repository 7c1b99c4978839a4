// Keyboard, unsaved text, bulk selection. Every page works without this file; with it, faster.
(() => {
  "use strict";

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let current = -1;

  function go(step) {
    const all = rows();
    if (!all.length) return;
    all[current]?.classList.remove("is-current");
    current = Math.max(0, Math.min(all.length - 1, current + step));
    all[current].classList.add("is-current");
    all[current].scrollIntoView({ block: "nearest" });
    all[current].querySelector("a")?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      const form = event.target.closest("form");
      if (form) form.requestSubmit(form.querySelector("[data-default-button]") || undefined);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "?") document.querySelector("#key-help")?.showModal();
    else if (event.key === "/") {
      event.preventDefault();
      document.querySelector("#top-search")?.focus();
    }
  });

  // A form sent once is not sent twice; the server refuses a repetition as well.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if ("download" in form.dataset) return; // the page stays, and may be asked again
    form.dataset.sent = "1";
    form.dataset.clean = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // Leaving a page with typed, unsaved text asks first.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) form.dataset.dirty = "1";
  });
  window.addEventListener("beforeunload", (event) => {
    const unsaved = [...document.forms].some((form) => form.dataset.dirty && !form.dataset.clean);
    if (unsaved) event.preventDefault();
  });

  // Ask before what cannot be undone.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  // Filters apply as soon as they are chosen.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
    if (event.target.matches("[data-check-all]")) {
      for (const box of document.querySelectorAll("[data-check]")) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-check], [data-check-all]")) showSelection();
  });

  function showSelection() {
    const bar = document.querySelector("[data-bulk-bar]");
    if (!bar) return;
    const chosen = document.querySelectorAll("[data-check]:checked").length;
    bar.hidden = chosen === 0;
    bar.querySelector("[data-chosen]").textContent = chosen;
  }
  showSelection();

  // A day is typed; the browser's calendar is one button away.
  for (const input of document.querySelectorAll("input[data-date]")) {
    const picker = document.createElement("input");
    picker.type = "date";
    picker.className = "date-picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    const wrapper = document.createElement("div");
    wrapper.className = "date-field";
    input.replaceWith(wrapper);
    wrapper.append(input, picker);
    picker.addEventListener("focus", () => {
      const [day, month, year] = input.value.split("/");
      if (year) picker.value = `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      input.value = picker.value.split("-").reverse().join("/");
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
  }

  // Take over a proposed text; what was typed is kept whole in another field, unless that holds something already.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const field = document.querySelector(button.dataset.fill);
    const kept = document.querySelector(button.dataset.keep);
    if (kept && !kept.value.trim()) kept.value = field.value;
    field.value = button.dataset.lines.trim();
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // Repeated blocks: one more point, one more member.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-line]");
    if (!button) return;
    const list = document.querySelector(button.dataset.addLine);
    const template = document.querySelector(`${button.dataset.addLine}-template`);
    const total = document.querySelector(`#id_${button.dataset.prefix}-TOTAL_FORMS`);
    const html = template.innerHTML.replaceAll("__prefix__", total.value);
    list.insertAdjacentHTML("beforeend", html);
    total.value = Number(total.value) + 1;
    list.lastElementChild.querySelector("textarea, input, select")?.focus();
  });

  // A sheet typed back by keyboard alone: Enter goes to the next field, after the last one to a new row;
  // beside a code stands what it names.
  document.addEventListener("keydown", (event) => {
    const sheet = event.target.closest("[data-sheet]");
    if (!sheet || event.key !== "Enter" || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const fields = [...sheet.querySelectorAll("input:not([type=hidden]), textarea")];
    const next = fields[fields.indexOf(event.target) + 1];
    if (next) next.focus();
    else document.querySelector(sheet.dataset.sheet).click();
  });

  // A table filled in by keyboard: Ctrl+↓ and Ctrl+↑ go to the same field of the next row that has one.
  document.addEventListener("keydown", (event) => {
    const table = event.target.closest("[data-columns]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!table || !step || !event.ctrlKey) return;
    const column = event.target.dataset.column;
    const fields = [...table.querySelectorAll(`[data-column="${column}"]`)];
    const next = fields[fields.indexOf(event.target) + step];
    if (!column || !next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
  const namedBy = (field) => {
    const code = field.value.trim().replace(/[\s,;:/_-]+/g, ".");
    return [...document.querySelectorAll("[data-named]")].find((one) => one.dataset.named === code);
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-names]")) return;
    const place = event.target.closest(".sheet-row").querySelector("[data-named-here]");
    place.textContent = namedBy(event.target)?.textContent ?? "";
  });
  // A code that was recorded before opens with its words, to be changed; another code typed instead takes them away.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-names]")) return;
    const row = event.target.closest(".sheet-row");
    const [mark, remark, over] = ["mark", "remark", "over"].map((name) => row.querySelector(`[data-sheet-${name}]`));
    const opened = [...document.querySelectorAll("[data-over]")].find((one) => one.dataset.over === over.value);
    if (opened && mark.value === opened.dataset.letter && remark.value === opened.dataset.remark) {
      mark.value = remark.value = over.value = "";
    }
    const known = namedBy(event.target)?.closest("[data-over]");
    if (!known || mark.value || remark.value) return;
    mark.value = known.dataset.letter;
    remark.value = known.dataset.remark;
    over.value = known.dataset.over;
  });
})();
