// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The windows, shares and remedies of an offer in one word, since they travel with every step of every order.
/// @dev Low to high: shipDate u40, shipBySeconds u32, confirmBySeconds u32, cancelSeconds u32, returnSeconds u32,
/// warrantySeconds u32, restockingBps u16, warrantyBps u16, affiliateBps u16, remedies u8. People sign the fields by name, see {Terms}.
type Policy is uint256;

using Policies for Policy global;

/// @notice Reads the fields of a {Policy}.
library Policies {
    /// @notice No-reason exchange by rule, inside the return window.
    uint256 internal constant EXCHANGE = 1;
    /// @notice Money back by rule inside the return window; the goods stay with the buyer.
    uint256 internal constant REFUND_ONLY = 2;

    /// @notice Pre-order: Unix seconds at which the ship-by clock starts, if later than the purchase. 0: at once.
    function shipDate(Policy policy) internal pure returns (uint256) {
        return uint40(Policy.unwrap(policy));
    }

    /// @notice 0: delivered at purchase (digital goods).
    function shipBySeconds(Policy policy) internal pure returns (uint256) {
        return uint32(Policy.unwrap(policy) >> 40);
    }

    function confirmBySeconds(Policy policy) internal pure returns (uint256) {
        return uint32(Policy.unwrap(policy) >> 72);
    }

    /// @notice How long after placing the buyer may still cancel, unless shipped; a pre-order until this long after its ship date.
    function cancelSeconds(Policy policy) internal pure returns (uint256) {
        return uint32(Policy.unwrap(policy) >> 104);
    }

    /// @notice No-reason return window from delivery; for digital goods from the purchase until the key is taken.
    function returnSeconds(Policy policy) internal pure returns (uint256) {
        return uint32(Policy.unwrap(policy) >> 136);
    }

    /// @notice How long after completion a part of the price stays in escrow for warranty claims.
    function warrantySeconds(Policy policy) internal pure returns (uint256) {
        return uint32(Policy.unwrap(policy) >> 168);
    }

    /// @notice What the seller keeps of the subtotal on a no-reason return.
    function restockingBps(Policy policy) internal pure returns (uint256) {
        return uint16(Policy.unwrap(policy) >> 200);
    }

    /// @notice The part of the total that stays in escrow while the warranty runs.
    function warrantyBps(Policy policy) internal pure returns (uint256) {
        return uint16(Policy.unwrap(policy) >> 216);
    }

    /// @notice Share of the subtotal for whoever referred the buyer.
    function affiliateBps(Policy policy) internal pure returns (uint256) {
        return uint16(Policy.unwrap(policy) >> 232);
    }

    /// @notice Bits {EXCHANGE} and {REFUND_ONLY}.
    function remedies(Policy policy) internal pure returns (uint256) {
        return Policy.unwrap(policy) >> 248;
    }

    function offers(Policy policy, uint256 remedy) internal pure returns (bool) {
        return remedies(policy) & remedy != 0;
    }
}
