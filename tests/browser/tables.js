"use strict";
module.exports = { check: async () => {} };
