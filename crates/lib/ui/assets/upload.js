
// A file is sent with its progress in sight; without script the browser shows it in its own way.
const sendFile = (form) => {
  const input = form.querySelector("input[type=file]");
  const [file] = input.files;
  const largest = Number(input.dataset.largest ?? 0);
  const isTooLarge = file && largest && file.size > largest;
  input.setCustomValidity(isTooLarge ? `This file is larger than ${Math.floor(largest / 1048576)} MiB.` : "");
  if (!file || isTooLarge) return form.reportValidity();
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  bar.setAttribute("aria-label", "Upload");
  const sign = document.createElement("div");
  sign.className = "upload";
  sign.append(bar, words);
  form.append(sign);
  const buttons = form.querySelectorAll("button");
  const wait = (on) => buttons.forEach((button) => (button.disabled = on));
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    words.textContent = loaded < total ? `Sending: ${Math.floor((loaded / total) * 100)} %` : "Sent. It is being checked.";
  });
  request.addEventListener("load", () => {
    if (new URL(request.responseURL).pathname !== new URL(form.action).pathname) return location.assign(request.responseURL);
    const main = document.importNode(parse(request.responseText).querySelector("main"), true);
    document.querySelector("main").replaceWith(main);
    setUp(main);
  });
  request.addEventListener("error", () => {
    wait(false);
    bar.remove();
    words.textContent = "The upload was broken off. Try again.";
  });
  wait(true);
  request.send(new FormData(form));
};
document.addEventListener("submit", (event) => {
  if (event.target.enctype !== "multipart/form-data") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.querySelector(".upload")?.remove();
  sendFile(event.target);
});
