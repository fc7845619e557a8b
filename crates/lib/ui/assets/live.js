// Live regions. What arrives was made and escaped by the same server as the page; scripts in it would not run.
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
const isBusy = (region) => region.contains(document.activeElement) || region.querySelector(":popover-open, dialog[open]");

const replace = (region, parsed) => {
  const fresh = (region.id && parsed.getElementById(region.id)) || parsed.body;
  if (fresh.innerHTML === region.liveSource || isBusy(region)) return;
  region.liveSource = fresh.innerHTML;
  region.replaceChildren(...fresh.childNodes);
  setUp(region);
};

const poll = (region) => {
  const pause = Number(region.dataset.liveEvery) * 1000;
  let failures = 0;
  const ask = async () => {
    if (!region.isConnected) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(region.dataset.live, { headers: { accept: "text/html" }, redirect: "error" });
        if (answer.status === 204) return;
        if (answer.ok) replace(region, parse(await answer.text()));
        failures = answer.ok ? 0 : failures + 1;
      } catch {
        failures += 1;
      }
    }
    setTimeout(ask, pause * Math.min(2 ** failures, 30));
  };
  setTimeout(ask, pause);
};

// A log that runs for days must not fill the browser; the older lines are on the page of the finished run.
const most = 5000;
const append = (region, parsed) => {
  const scroller = region.closest("[role=log]");
  const follows = scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  for (const node of [...parsed.body.childNodes]) {
    region.append(node);
    if (node.nodeType === Node.ELEMENT_NODE) setUp(node);
  }
  while (region.childElementCount > most) region.firstElementChild.remove();
  for (const count of region.closest("[data-log]")?.querySelectorAll("[data-count]") ?? []) {
    count.textContent = region.querySelectorAll(count.dataset.count).length;
  }
  if (follows) scroller.scrollTop = scroller.scrollHeight;
};

const listen = (region) => {
  const source = new EventSource(region.dataset.live);
  const sign = region.closest("[data-log]")?.querySelector("[data-log-live]");
  const show = (on) => sign && (sign.hidden = !on);
  source.addEventListener("open", () => show(true));
  source.addEventListener("error", () => show(false));
  source.addEventListener("message", ({ data }) => replace(region, parse(data)));
  source.addEventListener("append", ({ data }) => append(region, parse(data)));
  source.addEventListener("end", () => {
    source.close();
    show(false);
  });
  addEventListener("pagehide", () => source.close());
};

setups.push((root) => {
  for (const region of all(root, "[data-live]")) {
    if (region.liveSource !== undefined) continue;
    region.liveSource = region.innerHTML;
    if (region.dataset.liveEvery) poll(region);
    else listen(region);
  }
});
