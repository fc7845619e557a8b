//! `cargo xtask codegen`: our `.proto` files become Rust and a descriptor set, both committed.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{Outcome, workspace};

/// What `codegen` takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Changes nothing; fails when the committed code is not what `proto/` makes.
    #[arg(long)]
    check: bool,
}

/// One file that the generator makes, by its name in the target folder.
type Product = (String, Vec<u8>);

/// Makes the code, or with `--check` compares it.
pub(crate) fn run(args: &Args) -> Outcome {
    let products = generate(&workspace::root().join("proto"))?;
    let target = workspace::root().join("crates/lib/proto/src/generated");
    if args.check {
        return compare(&target, &products);
    }
    write(&target, &products)
}

/// Every product, in the order of their names.
fn generate(sources: &Path) -> Result<Vec<Product>, Box<dyn std::error::Error>> {
    let files = proto_files(sources)?;
    let mut products = vec![(
        "descriptors.bin".to_owned(),
        compiler(sources, &files)?.encode_file_descriptor_set(),
    )];
    let described = compiler(sources, &files)?
        .include_source_info(true)
        .file_descriptor_set();
    let requests: Vec<_> = described
        .file
        .into_iter()
        .map(|file| {
            (
                prost_build::Module::from_protobuf_package_name(file.package()),
                file,
            )
        })
        .collect();
    for (module, code) in config().generate(requests)? {
        let name = module.to_file_name_or("root");
        // The well-known types have a crate of their own.
        if name != "google.protobuf.rs" {
            products.push((name, code.into_bytes()));
        }
    }
    products.sort();
    Ok(products)
}

/// A compiler that has read all our files and what they import.
fn compiler(sources: &Path, files: &[PathBuf]) -> Result<protox::Compiler, protox::Error> {
    let mut compiler = protox::Compiler::new([sources])?;
    compiler.include_imports(true).open_files(files)?;
    Ok(compiler)
}

/// How the messages look in Rust: maps in key order, every message knows its full name, and pieces of files are not
/// copied. Services are there for those who ask for them.
fn config() -> prost_build::Config {
    let mut config = prost_build::Config::new();
    config
        .btree_map(["."])
        .enable_type_names()
        .type_name_domain(["."], "type.googleapis.com")
        .bytes(["UploadData.data"])
        .service_generator(services());
    config
}

fn services() -> Box<dyn prost_build::ServiceGenerator> {
    let asked_for = "#[cfg(feature = \"services\")]";
    tonic_prost_build::configure()
        .build_transport(false)
        .client_mod_attribute(".", asked_for)
        .server_mod_attribute(".", asked_for)
        .service_generator()
}

/// All `.proto` files under `folder`, sorted, so that the output does not depend on the file system.
fn proto_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(proto_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Replaces the contents of `target` with the products.
fn write(target: &Path, products: &[Product]) -> Outcome {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    for (name, content) in products {
        fs::write(target.join(name), content)?;
    }
    Ok(())
}

/// Fails at the first difference between `target` and the products.
fn compare(target: &Path, products: &[Product]) -> Outcome {
    let stale = products
        .iter()
        .find(|(name, content)| fs::read(target.join(name)).ok().as_ref() != Some(content));
    if let Some((name, _)) = stale {
        return Err(format!("{name} is not what proto/ makes: run `cargo xtask codegen`").into());
    }
    if fs::read_dir(target)?.count() != products.len() {
        return Err("there is generated code that proto/ no longer makes: run `cargo xtask codegen`".into());
    }
    Ok(())
}
