// Say so when an answer takes long.
const PATIENCE = 400; // milliseconds

export function slow(note) {
  if (!note) return;
  let timer;
  const wait = () => {
    timer = setTimeout(() => {
      note.textContent = note.dataset.text;
      note.hidden = false;
    }, PATIENCE);
  };
  document.addEventListener("submit", wait);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".columns a:not([href^='#'])") && !event.ctrlKey && !event.metaKey && !event.shiftKey) wait();
  });
  addEventListener("pageshow", () => {
    clearTimeout(timer);
    note.hidden = true;
  });
}
