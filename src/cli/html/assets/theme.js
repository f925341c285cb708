// SPDX-License-Identifier: Apache-2.0
// Light, dark, or what the system prefers. The choice is kept where the browser allows that.
"use strict";

function keptTheme() {
  try {
    return localStorage.getItem("folio-theme") || "auto";
  } catch {
    return "auto";
  }
}

function useTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("folio-theme", theme);
  } catch {
    // A page that may not keep anything still changes its colours.
  }
}

useTheme(keptTheme());
