/*
 * Adds to pages that are complete without it: sorting and filtering of rankings, and a choice of theme. Nothing leaves
 * the page; the order and the filter stand in the address, so that a link shares the view, from disk too.
 */
(function () {
	"use strict";
	var chinese = document.documentElement.lang === "zh-CN";
	var words = chinese ? {
		filter: "筛选姓名、工号、部门", shown: "显示 {0} 行，共 {1} 行", sorted: "按{0}{1}排列", up: "从小到大", down: "从大到小",
		sort: "按{0}排列", theme: "深浅色：{0}", auto: "随系统", light: "浅色", dark: "深色"
	} : {
		filter: "Filter by name, number, unit", shown: "{0} of {1} rows shown", sorted: "Sorted by {0}, {1}", up: "ascending", down: "descending",
		sort: "Sort by {0}", theme: "Theme: {0}", auto: "system", light: "light", dark: "dark"
	};
	var collator = new Intl.Collator(document.documentElement.lang);

	function fill(text) {
		var values = arguments;
		return text.replace(/\{(\d)\}/g, function (all, n) { return values[+n + 1]; });
	}
	function make(name, attributes, text) {
		var node = document.createElement(name);
		Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
		if (text) node.textContent = text;
		return node;
	}

	/* ---- theme ---- */
	function stored() {
		try { return localStorage.getItem("salespay-theme") || "auto"; } catch (e) { return "auto"; }
	}
	function setTheme(theme, button) {
		if (theme === "auto") document.documentElement.removeAttribute("data-theme");
		else document.documentElement.setAttribute("data-theme", theme);
		if (button) button.textContent = fill(words.theme, words[theme]);
		try { localStorage.setItem("salespay-theme", theme); } catch (e) { /* a page from disk may store nothing */ }
	}
	function themeButton() {
		var order = ["auto", "light", "dark"], button = make("button", { type: "button", "class": "theme" });
		var brand = document.querySelector(".brand");
		if (!brand) return;
		setTheme(stored(), button);
		button.addEventListener("click", function () { setTheme(order[(order.indexOf(stored()) + 1) % 3], button); });
		brand.appendChild(button);
	}

	/* ---- the address: #sort=4-desc&q=... ---- */
	function readHash() {
		var state = {};
		location.hash.slice(1).split("&").forEach(function (part) {
			var at = part.indexOf("=");
			if (at > 0) {
				try { state[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* not ours */ }
			}
		});
		return state;
	}
	function writeHash(state) {
		var parts = Object.keys(state).filter(function (key) { return state[key]; })
			.map(function (key) { return key + "=" + encodeURIComponent(state[key]); });
		history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search);
	}

	/* ---- one table ---- */
	function sortable(table) {
		var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
		var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
		var state = readHash(), status = make("p", { role: "status", "class": "note" });
		var tools = make("div", { "class": "tools" }), box = make("input", { type: "search", "aria-label": words.filter, placeholder: words.filter });

		function cellText(row, column) {
			var cell = row.cells[column], who = cell && cell.querySelector(".who");
			return who ? who.firstElementChild && who.querySelector("a") ? who.querySelector("a").textContent : who.textContent : cell ? cell.textContent : "";
		}
		function number(text) {
			var match = text.replace(/,/g, "").replace(/−/g, "-").match(/-?\d+(\.\d+)?/);
			return match ? parseFloat(match[0]) : NaN;
		}
		/* A fall counts below nothing, a rise above it. */
		function value(row, column) {
			var text = cellText(row, column), n = number(text), move = row.cells[column].querySelector(".move");
			if (move) n = move.classList.contains("same") ? 0 : move.classList.contains("down") ? -n : n;
			return n;
		}
		function apply() {
			var parts = (state.sort || "").split("-"), column = +parts[0] - 1, down = parts[1] === "desc", order = rows.slice();
			var query = (state.q || "").trim().toLowerCase(), shown = 0;
			if (heads[column]) {
				var numeric = heads[column].classList.contains("number");
				order.sort(function (a, b) {
					if (!numeric) return collator.compare(cellText(a, column), cellText(b, column)) * (down ? -1 : 1);
					var x = value(a, column), y = value(b, column);
					if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
					return (x - y) * (down ? -1 : 1);
				});
			}
			heads.forEach(function (head, i) {
				if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
				else head.removeAttribute("aria-sort");
			});
			order.forEach(function (row) {
				var fits = !query || row.textContent.toLowerCase().indexOf(query) >= 0;
				row.hidden = !fits;
				shown += fits;
				body.appendChild(row);
			});
			status.textContent = (heads[column] ? fill(words.sorted, heads[column].dataset.name, down ? words.down : words.up) + (chinese ? "；" : "; ") : "")
				+ fill(words.shown, shown, rows.length);
			box.value = state.q || "";
		}
		heads.forEach(function (head, i) {
			var name = head.firstChild && head.firstChild.nodeType === 3 ? head.firstChild.textContent : head.textContent, button;
			if (head.querySelector("svg") || head.classList.contains("plot") || (rows[0] && rows[0].cells[i].classList.contains("spark"))) return;
			head.dataset.name = name;
			button = make("button", { type: "button", title: fill(words.sort, name) });
			while (head.firstChild) button.appendChild(head.firstChild);
			head.appendChild(button);
			button.addEventListener("click", function () {
				var parts = (state.sort || "").split("-"), natural = head.classList.contains("number") && i > 0 ? "desc" : "asc";
				state.sort = (i + 1) + "-" + (+parts[0] === i + 1 ? (parts[1] === "desc" ? "asc" : "desc") : natural);
				writeHash(state);
				apply();
			});
		});
		box.addEventListener("input", function () {
			state.q = box.value;
			writeHash(state);
			apply();
			box.value = state.q;
		});
		window.addEventListener("hashchange", function () { state = readHash(); apply(); });
		tools.appendChild(box);
		tools.appendChild(status);
		table.parentNode.parentNode.insertBefore(tools, table.parentNode);
		if (state.sort || state.q) apply();
	}

	themeButton();
	Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), sortable);
})();
