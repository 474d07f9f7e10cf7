// For an installed app without a network: it says so itself, in place of the browser. Nothing else is ever answered from here.
const CACHE = "offline-1";
const PAGE = "/offline.html";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(new Request(PAGE, { cache: "reload" }))));
});

self.addEventListener("activate", (event) => {
  // The page is asked for at once, not only when this has started.
  event.waitUntil(self.registration.navigationPreload?.enable());
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  event.respondWith(answer.catch(() => caches.match(PAGE)));
});
