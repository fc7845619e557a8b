//! What a .c1z holds, for people: tables, JSON, exports, findings.
