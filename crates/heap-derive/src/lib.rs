//! The derive macros of the heap: traversal of payloads is derived, never written by hand, so that no field can be
//! forgotten.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Expr, Fields, Ident, Index, parse_macro_input};

/// Derives `Trace`: shows each field's references to a visitor, in the order of declaration.
#[proc_macro_derive(Trace)]
pub fn derive_trace(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    trace_impl(&input).into()
}

/// Derives `Payload` and `Trace` for a type that stands behind an object header.
///
/// `#[payload(INDEX)]` names the constant with the type index of the built-in type. Left out, the type has no exact
/// built-in type of its own.
#[proc_macro_derive(Payload, attributes(payload))]
pub fn derive_payload(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let text = name.to_string();
    let index = input.attrs.iter().find(|attribute| attribute.path().is_ident("payload"));
    let index = match index.map(|attribute| attribute.parse_args::<Expr>()) {
        Some(Ok(expression)) => quote!(#expression),
        Some(Err(error)) => return error.to_compile_error().into(),
        None => quote!(0xFF_FFFF),
    };
    let trace = trace_impl(&input);
    quote! {
        #trace
        // SAFETY: the layout is made from the type itself; indices are unique by the VM's table of built-in types.
        unsafe impl ::ouro_heap::Payload for #name {
            const LAYOUT: &'static ::ouro_heap::Layout = {
                static LAYOUT: ::ouro_heap::Layout = ::ouro_heap::Layout::fixed::<#name>(#text);
                &LAYOUT
            };
            const INDEX: u32 = #index;
        }
    }
    .into()
}

fn trace_impl(input: &DeriveInput) -> proc_macro2::TokenStream {
    let name = &input.ident;
    let (parameters, arguments, clause) = input.generics.split_for_impl();
    let (types, traces, named, clears) = match &input.data {
        Data::Struct(data) => {
            let members: Vec<proc_macro2::TokenStream> = members(&data.fields);
            let types: Vec<_> = data.fields.iter().map(|field| field.ty.clone()).collect();
            let traces = quote! { #( ::ouro_heap::Trace::trace(&self.#members, visitor); )* };
            let clears = quote! { #( ::ouro_heap::Trace::clear(&self.#members, trash); )* };
            let labels = members.iter().map(ToString::to_string);
            let named = quote! {
                fn trace_named(&self, visitor: &mut dyn ::ouro_heap::NamedVisitor) {
                    let _ = &visitor;
                    #( ::ouro_heap::Trace::trace(&self.#members, visitor.field(#labels)); )*
                }
            };
            (types, traces, named, clears)
        }
        Data::Enum(data) => {
            let types: Vec<_> =
                data.variants.iter().flat_map(|v| v.fields.iter().map(|f| f.ty.clone())).collect();
            let arms = |method: proc_macro2::TokenStream, argument: proc_macro2::TokenStream| {
                let arms = data.variants.iter().map(|variant| {
                    let ident = &variant.ident;
                    let names: Vec<Ident> =
                        (0..variant.fields.len()).map(|n| Ident::new(&format!("field_{n}"), ident.span())).collect();
                    match &variant.fields {
                        Fields::Named(fields) => {
                            let labels = fields.named.iter().map(|field| &field.ident);
                            quote! { Self::#ident { #( #labels: #names ),* } => { #( ::ouro_heap::Trace::#method(#names, #argument); )* } }
                        }
                        Fields::Unnamed(_) => {
                            quote! { Self::#ident( #( #names ),* ) => { #( ::ouro_heap::Trace::#method(#names, #argument); )* } }
                        }
                        Fields::Unit => quote! { Self::#ident => {} },
                    }
                });
                quote! { match self { #( #arms )* } }
            };
            (types, arms(quote!(trace), quote!(visitor)), quote!(), arms(quote!(clear), quote!(trash)))
        }
        Data::Union(_) => return quote! { compile_error!("a union cannot be traversed"); },
    };
    // A structure of one field is what its field is.
    let single = match (&input.data, &types[..]) {
        (Data::Struct(_), [only]) => {
            quote!(const SINGLE: ::ouro_heap::payload::Single = <#only as ::ouro_heap::Trace>::SINGLE;)
        }
        _ => quote!(),
    };
    quote! {
        impl #parameters ::ouro_heap::Trace for #name #arguments #clause {
            const TRACES: bool = false #( || <#types as ::ouro_heap::Trace>::TRACES )*;
            #single

            fn trace(&self, visitor: &mut dyn ::ouro_heap::Visitor) {
                let _ = &visitor;
                #traces
            }

            #named

            fn clear(&self, trash: &mut ::std::vec::Vec<::ouro_heap::Ref>) {
                let _ = &trash;
                #clears
            }
        }
    }
}

fn members(fields: &Fields) -> Vec<proc_macro2::TokenStream> {
    fields
        .iter()
        .enumerate()
        .map(|(position, field)| match &field.ident {
            Some(ident) => quote!(#ident),
            None => {
                let index = Index::from(position);
                quote!(#index)
            }
        })
        .collect()
}
