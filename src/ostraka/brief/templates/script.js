// The page works without this. With it: a switch for light and dark, Escape closes a note, notes stay on the screen,
// and a click on a quoted figure opens the report at the sentence.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".switch");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    });
  }
  const figures = [...document.querySelectorAll(".fig")];
  const place = (figure) => {
    const pop = figure.querySelector(".pop");
    figure.classList.remove("off");
    pop.style.left = "0";
    const edge = pop.getBoundingClientRect().right - (innerWidth - 10);
    if (edge > 0) pop.style.left = `${-edge}px`;
  };
  for (const figure of figures) {
    figure.addEventListener("mouseenter", () => place(figure));
    figure.addEventListener("focusin", () => place(figure));
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") figures.forEach((figure) => figure.classList.add("off"));
  });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((item) => (item.open = true)));
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const folded = target && target.closest("details");
    if (folded) { folded.open = true; target.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", open);
  open();
})();
