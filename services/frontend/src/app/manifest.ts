import type { MetadataRoute } from "next";
import { THEME_COLOR } from "@/lib/preferences";

/** Makes the app installable; it is read without cookies, so in one language for all. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Wealth Companion",
    short_name: "Wealth",
    description: "See where your money goes, and ask about it in plain words.",
    start_url: "/dashboard",
    scope: "/",
    display: "standalone",
    background_color: "#f5f6f3",
    theme_color: THEME_COLOR,
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
