//! IP functions. An address stands alone in its text, without a port, a prefix length or a zone.

mod class;
mod predicate;
pub(crate) mod subnet;

registry! {
    Function:
    ipv4_to_number::IPV4_TO_NUMBER,
    is_ip_in_subnet::IS_IP_IN_SUBNET,
    is_ipv4_in_subnet::IS_IPV4_IN_SUBNET,
    is_ipv6_in_subnet::IS_IPV6_IN_SUBNET,
    is_private_ip::IS_PRIVATE_IP,
    is_public_ip::IS_PUBLIC_IP,
    is_reserved_ip::IS_RESERVED_IP,
    is_valid_ip::IS_VALID_IP,
    is_valid_ipv4::IS_VALID_IPV4,
    is_valid_ipv6::IS_VALID_IPV6,
}
