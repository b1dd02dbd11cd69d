"use strict";
/* Debian's Chromium without a network of its own. */
const { chromium } = require("playwright-core");

function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--disable-dev-shm-usage"],
	});
}

module.exports = { launch };
