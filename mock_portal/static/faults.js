// The faults of the page that the server asked for.

export const faults = JSON.parse(document.body.dataset.faults ?? "{}");

// `resets_field`: the first change of one field empties another.
let reset = false;

export function resets(key, empty) {
  const fault = faults.resets_field;
  if (!fault || reset || fault.when !== key) return;
  reset = true;
  empty(fault.clears);
}
