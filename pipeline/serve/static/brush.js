// Drag over the histogram to choose a span; a click on one bar follows its link.
export function brush(chart) {
  const bars = [...chart.querySelectorAll("a")];
  let from = null;
  let to = null;

  const at = (event) => {
    const room = chart.getBoundingClientRect();
    const place = Math.floor(((event.clientX - room.left) / room.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, place));
  };
  const span = () => [Math.min(from, to), Math.max(from, to)];
  const paint = () => {
    const [first, last] = from === null ? [1, 0] : span();
    bars.forEach((bar, index) => bar.classList.toggle("brushed", index >= first && index <= last));
  };

  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = to = at(event);
    paint();
  });
  addEventListener("pointermove", (event) => {
    if (from === null) return;
    to = at(event);
    paint();
  });
  addEventListener("pointerup", () => {
    if (from === null) return;
    const [first, last] = span();
    from = null;
    const address = new URL(chart.dataset.path, location.href);
    address.searchParams.set("since", bars[first].dataset.start);
    address.searchParams.set("until", bars[last].dataset.start);
    location.assign(address);
  });
  chart.addEventListener("click", (event) => event.preventDefault());
}
