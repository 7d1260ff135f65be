// SPDX-License-Identifier: Apache-2.0
//
// The page of a real phone in a real Chromium, used as an admin uses it.  One phone and one browser
// (scene.mjs); the parts run in this order, and each goes on where the one before it ended.
import "./page_log_in.mjs";
import "./page_certificates.mjs";
import "./page_provisioning.mjs";
import "./page_sessions.mjs";
