"use client";

import "./globals.css";

/** Stands in for the root layout when that itself fails: it knows no language, and no page's messages. */
export default function GlobalCrash({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Wealth Companion stopped working</h1>
          <p>The error has been logged. Trying again often helps.</p>
          <p lang="ur" dir="rtl">
            ویلتھ کمپینین نے کام کرنا چھوڑ دیا۔ خرابی درج کر لی گئی ہے؛ دوبارہ کوشش اکثر کام آتی ہے۔
          </p>
          <button type="button" onClick={retry}>
            Try again · دوبارہ کوشش کریں
          </button>
        </main>
      </body>
    </html>
  );
}
