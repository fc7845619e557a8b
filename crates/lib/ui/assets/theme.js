"use strict";
// Runs before the first paint, so that a page chosen to be dark is never shown in light.
{
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
