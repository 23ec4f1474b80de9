// What can be done on the page, by name. Keys, buttons and modules all come here.

const commands = new Map();

/** Make `fn` the command `id`. A name is given once. */
export function register(id, fn) {
  if (commands.has(id)) throw new Error(`command ${id} is registered already`);
  commands.set(id, fn);
}

/** Run a command; returns what it returns. One that nobody registered does nothing and returns undefined. */
export function run(id, ...args) {
  const fn = commands.get(id);
  if (!fn) {
    console.warn(`no command ${id}`);
    return undefined;
  }
  return fn(...args);
}

/** The names of all commands: a test compares them with the table of keys. */
export function registered() {
  return [...commands.keys()].sort();
}

/** Let every element with `data-command` (and `data-argument`) run its command when it is clicked. */
export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-command]");
    if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") return;
    const { command, argument } = button.dataset;
    run(command, ...(argument === undefined ? [] : [argument]));
  });
}
