// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, Order} from "./IOrderBook.sol";

/// @notice Pure arithmetic and EIP-712 struct hashes of orders.
library Orders {
    bytes32 internal constant TYPEHASH = keccak256(
        "Order(uint256 offerId,uint32 version,OfferTerms terms,address buyer,uint64 quantity,address affiliate,uint16 feeBps,bytes32 detailsHash,uint64 validBefore,bytes32 salt)OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint16 affiliateBps,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)"
    );
    bytes32 internal constant ACTION_TYPEHASH =
        keccak256("OrderAction(bytes32 orderId,uint8 action,bytes32 data,uint64 validBefore)");

    function hash(Order calldata order, bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                TYPEHASH,
                order.offerId,
                order.version,
                termsHash,
                order.buyer,
                order.quantity,
                order.affiliate,
                order.feeBps,
                order.detailsHash,
                order.validBefore,
                order.salt
            )
        );
    }

    function hashAction(bytes32 orderId, Action action, bytes32 data, uint64 validBefore)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(ACTION_TYPEHASH, orderId, action, data, validBefore));
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

    function shopId(Order calldata order) internal pure returns (uint256) {
        return order.offerId >> 48;
    }
}
