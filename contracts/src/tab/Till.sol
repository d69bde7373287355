// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IOperators} from "../operator/IOperators.sol";
import {IVault} from "../order/IVault.sol";
import {Batch} from "../platform/Batch.sol";
import {ITabs} from "./ITabs.sol";

/// @title What tabs hold, and how one ends.
abstract contract Till is ITabs, ERC2771Context {
    /// @dev Exactly one storage word: an order from a tab writes one word more than another, and a settlement by both sides none
    /// but this. No operator: used up.
    struct Tab {
        uint96 left;
        uint40 validUntil;
        uint64 shopId;
        uint24 operatorId;
        uint24 epoch;
        /// What is claimed is no longer `left`.
        bool claimed;
    }

    IVault public immutable orderBook;
    IOperators public immutable operators;
    Batch public immutable batch;

    mapping(address account => mapping(address key => mapping(address token => Tab))) internal _tabs;

    constructor(IVault orderBook_, IOperators operators_, Batch batch_, address forwarder) ERC2771Context(forwarder) {
        (orderBook, operators, batch) = (orderBook_, operators_, batch_);
    }

    /// @dev The key is used up for good: what it has signed must never meet another tab. The caller says that the tab is over, and
    /// gives back what is left.
    function _end(Tab storage slot) internal {
        uint256 validUntil = slot.validUntil;
        if (validUntil >= block.timestamp) validUntil = block.timestamp - 1;
        (slot.left, slot.validUntil, slot.shopId, slot.operatorId, slot.claimed) = (0, uint40(validUntil), 0, 0, false);
    }

    /// @dev Whoever has the batch call is the caller, as with orders.
    function _caller() internal view returns (address) {
        return msg.sender == address(batch) ? batch.caller() : _msgSender();
    }
}
