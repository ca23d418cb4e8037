//! The one macro of the house: a folder's modules and its registry, declared together.

/// `registry! { Function: abs::ABS, ceil::CEIL }` declares the modules `abs` and `ceil`, and `ALL`, their records.
///
/// A record says in its `doc` what it does, so it needs no comment besides.
macro_rules! registry {
    ($record:ident: $($module:ident::$name:ident),* $(,)?) => {
        $(#[allow(missing_docs)] mod $module; pub use $module::$name;)*
        /// The records of this folder.
        pub static ALL: &[&$crate::$record] = &[$(&$module::$name),*];
    };
}
