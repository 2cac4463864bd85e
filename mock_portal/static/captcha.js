// The frame «Я не робот»: a box that a person ticks gives the page around it a ticket.

const box = document.getElementById("robot");

box.addEventListener("change", async () => {
  if (!box.checked) return;
  box.disabled = true;
  const answer = await fetch("/captcha/ticket", { method: "POST" });
  parent.postMessage(await answer.json(), location.origin);
});
