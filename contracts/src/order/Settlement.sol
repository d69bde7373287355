// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IParameters} from "../governance/IParameters.sol";
import {OfferTerms, Split} from "../shop/ICatalog.sol";
import {IOrderBook, Order} from "./IOrderBook.sol";
import {Orders} from "./Orders.sol";
import {Vault} from "./Vault.sol";

/// @title Settlement: divides an order's money by its terms. See `protocol/vectors/settlement.json`.
abstract contract Settlement is Vault {
    using Orders for Order;

    uint256 internal constant BPS = 10_000;

    IParameters public immutable parameters;

    constructor(IParameters parameters_) {
        parameters = parameters_;
    }

    /// @dev Distributes `amount`, which is `keep` parts in `BPS * BPS` of the total. Shares are parts of the subtotal, rounded down;
    /// the seller gets the rest: shipping and every remainder. Never underflows: {Terms} keeps all shares within the subtotal,
    /// and `amount` is never less than its part of the subtotal, rounded down.
    function _settle(Order calldata order, bytes32 orderId, uint256 amount, uint256 keep)
        internal
        returns (uint256 sellerAmount)
    {
        OfferTerms calldata terms = order.terms;
        address currency = terms.currency;
        // Cannot overflow: 192 bits of subtotal, 28 of `keep`, 14 of a share.
        uint256 basis = order.subtotal() * keep;
        sellerAmount = amount;
        Split[] calldata splits = terms.splits;
        for (uint256 i = 0; i < splits.length; ++i) {
            sellerAmount -= _pay(orderId, splits[i].recipient, currency, basis, splits[i].bps);
        }
        if (order.affiliate != address(0)) {
            sellerAmount -= _pay(orderId, order.affiliate, currency, basis, terms.policy.affiliateBps());
        }
        if (order.feeBps != 0) {
            (, address recipient) = parameters.fee();
            sellerAmount -= _pay(orderId, recipient, currency, basis, order.feeBps);
        }
        if (sellerAmount != 0) _credit(_shopAccount(order.shopId()), currency, sellerAmount);
    }

    function _pay(bytes32 orderId, address account, address currency, uint256 basis, uint256 bps)
        private
        returns (uint256 share)
    {
        share = basis * bps / (BPS * BPS * BPS);
        if (share == 0) return 0;
        _credit(account, currency, share);
        emit IOrderBook.SharePaid(orderId, account, share);
    }
}
