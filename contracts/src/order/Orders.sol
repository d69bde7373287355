// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TabOpening} from "../tab/ITabs.sol";
import {Order, SettlementOffer, SignedAction} from "./IOrderBook.sol";

/// @notice Pure arithmetic and EIP-712 struct hashes of orders.
library Orders {
    bytes32 internal constant TYPEHASH = keccak256(
        "Order(uint256 offerId,uint32 version,OfferTerms terms,address buyer,uint64 quantity,address affiliate,uint16 feeBps,bytes32 detailsHash,uint64 validBefore,bytes32 salt)OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint128 returnShippingPrice,uint40 shipDate,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint32 warrantySeconds,uint16 restockingBps,uint16 warrantyBps,uint16 affiliateBps,uint8 remedies,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)"
    );
    bytes32 internal constant ACTION_TYPEHASH =
        keccak256("OrderAction(bytes32 orderId,uint8 action,uint16 bps,bytes32 data,uint32 step,uint64 validBefore)");
    bytes32 internal constant SETTLEMENT_TYPEHASH =
        keccak256("SettlementOffer(bytes32 orderId,uint16 buyerBps,uint32 step,uint64 validBefore)");
    bytes32 internal constant OPENING_TYPEHASH = keccak256(
        "TabOpening(address account,address key,address token,uint128 amount,uint64 shopId,uint40 validUntil,uint24 operatorId)"
    );

    /// @dev The struct's words as they stand in the calldata, with the terms' hash where their offset is: what `abi.encode` would
    /// make of them. A word with bits too many makes another hash, and whoever places such an order fails at reading it.
    function hash(Order calldata order, bytes32 termsHash) internal pure returns (bytes32 result) {
        bytes32 typeHash = TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), order, 0x140)
            mstore(add(words, 0x60), termsHash)
            result := keccak256(words, 0x160)
        }
    }

    function hashAction(SignedAction calldata signed, bytes32 orderId) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                ACTION_TYPEHASH, orderId, signed.action, signed.bps, signed.data, signed.step, signed.validBefore
            )
        );
    }

    function hashSettlement(SettlementOffer calldata offer, bytes32 orderId) internal pure returns (bytes32) {
        return keccak256(abi.encode(SETTLEMENT_TYPEHASH, orderId, offer.buyerBps, offer.step, offer.validBefore));
    }

    /// @dev The struct's words as they stand in the calldata. One with bits too many fails at being read.
    function hashOpening(TabOpening calldata opening) internal pure returns (bytes32 result) {
        bytes32 typeHash = OPENING_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), opening, 0xe0)
            result := keccak256(words, 0x100)
        }
    }

    /// @notice What the items cost without shipping; every share is a part of this.
    function subtotal(Order calldata order) internal pure returns (uint256) {
        // Cannot overflow: 128 + 64 bits.
        unchecked {
            return uint256(order.terms.unitPrice) * order.quantity;
        }
    }

    function total(Order calldata order) internal pure returns (uint256) {
        // Cannot overflow: 192 bits and 128 more.
        unchecked {
            return subtotal(order) + order.terms.shippingPrice;
        }
    }

    /// @notice Nothing to ship: delivered at purchase.
    function isDigital(Order calldata order) internal pure returns (bool) {
        return order.terms.policy.shipBySeconds() == 0;
    }

    function shopId(Order calldata order) internal pure returns (uint256) {
        return order.offerId >> 48;
    }
}
