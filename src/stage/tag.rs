//! Finds companies, people and claims in every article.
//!
//! In: `articles`. Out: `tagged` for every article that names a company or uses a move keyword,
//! and `claims`. The decisions are the engine's (`extract`); nothing is remembered.
