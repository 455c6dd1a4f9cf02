// The keyboard: "/" goes to the search box, arrows go through the results, Escape leaves.
const typing = (element) => element.matches("input:not([type=checkbox]), textarea, [role=region]");

function move(step) {
  const links = [...document.querySelectorAll(".story h2 a")];
  if (!links.length) return false;
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  if (next < 0) document.querySelector("#q")?.focus();
  else links[Math.min(next, links.length - 1)].focus();
  return true;
}

function leave() {
  const way = document.querySelector("[data-escape]");
  if (location.hash === "#filters") location.hash = "content";
  else if (way) location.assign(way.href);
  else document.activeElement.blur();
}

export function keys(box) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inField = typing(event.target);
    if (event.key === "/" && !inField) {
      event.preventDefault();
      if (box) box.select();
      else location.assign(document.querySelector(".brand").href);
    } else if (event.key === "Escape") leave();
    else if (event.key === "ArrowDown" && (!inField || event.target === box)) {
      if (move(1)) event.preventDefault();
    } else if (event.key === "ArrowUp" && !inField && document.activeElement.matches(".story a")) {
      if (move(-1)) event.preventDefault();
    }
  });
}
