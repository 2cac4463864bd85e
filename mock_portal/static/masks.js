// Masks of text fields: what stands in the field after each input.

const digitsOf = (text) => text.replace(/[^0-9]/g, "");

function snils(text) {
  const digits = digitsOf(text).slice(0, 11);
  const groups = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 9)].filter(Boolean).join("-");
  return digits.length > 9 ? `${groups} ${digits.slice(9)}` : groups;
}

function date(text) {
  const digits = digitsOf(text).slice(0, 8);
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join(".");
}

// With the fault `mask_eats_digits` the country code of a whole typed number counts as its first digit.
function phone(text, eatsDigits) {
  const known = text.startsWith("+7(") || (!eatsDigits && /^\s*(\+?7|8)/.test(text));
  const digits = (known ? digitsOf(text).slice(1) : digitsOf(text)).slice(0, 10);
  if (!digits) return known ? "+7(" : "";
  let shown = `+7(${digits.slice(0, 3)}`;
  if (digits.length > 3) shown += `)${digits.slice(3, 6)}`;
  if (digits.length > 6) shown += `-${digits.slice(6, 8)}`;
  if (digits.length > 8) shown += `-${digits.slice(8)}`;
  return shown;
}

const masks = { snils, date, phone };

// Keeps `input` in the form of the mask; deleting is left alone until the next digit.
export function wear(input, name, faults = {}) {
  const eatsDigits = Boolean(faults.mask_eats_digits);
  input.addEventListener("input", (event) => {
    if (event.inputType?.startsWith("delete")) return;
    const shown = masks[name](input.value, eatsDigits);
    if (shown !== input.value) input.value = shown;
  });
}
