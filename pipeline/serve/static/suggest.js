// Names while typing: a combobox after the ARIA Authoring Practices; a choice becomes a filter.
const PAUSE = 120; // milliseconds after the last key

export function suggest(box, list) {
  let timer;
  let asked;
  let chosen = -1;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const close = () => {
    asked?.abort();
    clearTimeout(timer);
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    const address = new URL(location.href);
    address.pathname = box.dataset.search;
    address.hash = "";
    address.searchParams.delete("q");
    address.searchParams.delete("page");
    address.searchParams.append(option.dataset.facet, option.dataset.name);
    location.assign(address);
  };

  const mark = (place) => {
    const options = [...list.children];
    chosen = (place + options.length + 1) % (options.length + 1) === options.length ? -1 : (place + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const show = (names) => {
    list.replaceChildren(...names.map(option));
    list.hidden = !names.length;
    chosen = -1;
    box.setAttribute("aria-expanded", String(Boolean(names.length)));
  };

  const option = (found, index) => {
    const item = document.createElement("li");
    item.id = `suggestion-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    Object.assign(item.dataset, { facet: found.facet, name: found.name });
    item.append(part("bdi", found.name), part("small", found.spelling), part("small", list.dataset[found.facet]), part("small", found.count));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(item);
    });
    return item;
  };

  const part = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text; // names come out of articles: text, never markup
    return element;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: box.value })}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === box) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close(); // searching works without suggestions
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) choose(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
