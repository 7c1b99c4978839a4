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
      tell(told.state, answer.ok);
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
      tell(state.dataset.offline, false);
    } finally {
      busy = false;
    }
  }

  // What is not saved is said where it is seen, however far down the page is.
  function tell(words, isSaved) {
    state.textContent = `· ${words}`;
    state.classList.toggle("is-failing", !isSaved);
  }

  // Nothing typed: the page says that it is open, and learns who else is there and whether there is a newer version.
  async function beat() {
    if (stopped || busy || leaving || typed !== saved || document.visibilityState === "hidden") return;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      if (leaving || typed !== saved) return;
      showOthers(told.others);
      const own = Number(form.querySelector("[name=revision]").value);
      document.querySelector("#newer").hidden = told.revision <= own;
    } catch {
      // Nothing is lost: nothing was typed.
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
  window.setInterval(beat, 20000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") begin();
  });
})();
