// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IOrderBook} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IAuctions} from "./IAuctions.sol";

/// @title Purses: what accounts have set aside for their bids, by key and token. See {IAuctions}.
abstract contract Purses is IAuctions, ERC2771Context {
    struct Purse {
        uint128 left;
        uint40 validUntil;
    }

    uint256 private constant MAX_PURSE_SECONDS = 30 days;

    IOrderBook public immutable orderBook;

    mapping(address account => mapping(address key => mapping(address token => Purse))) private _purses;

    constructor(IOrderBook orderBook_) {
        orderBook = orderBook_;
    }

    /// @inheritdoc IPaymentReceiver
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), Auctions_NotOrderBook(msg.sender));
        (address key, uint40 validUntil) = abi.decode(data, (address, uint40));
        Purse memory purse = _purses[from][key][token];
        bool inTime = validUntil > block.timestamp && validUntil <= block.timestamp + MAX_PURSE_SECONDS;
        bool fits = amount != 0 && amount <= type(uint128).max - purse.left;
        require(key != address(0) && fits && inTime && validUntil >= purse.validUntil, Auctions_InvalidPurse());
        emit PurseOpened(from, key, token, uint128(amount), validUntil);
        _purses[from][key][token].validUntil = validUntil;
        _setLeft(from, key, token, purse.left + uint128(amount));
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IAuctions
    function empty(address account, address key, address token) external {
        Purse memory purse = _purses[account][key][token];
        bool mayNow = _msgSender() == account || block.timestamp > purse.validUntil;
        require(mayNow, Auctions_TooEarly(purse.validUntil));
        require(purse.left != 0, Auctions_InvalidPurse());
        emit PurseEmptied(account, key, token, purse.left);
        _setLeft(account, key, token, 0);
        orderBook.transfer(token, account, purse.left);
    }

    /// @inheritdoc IAuctions
    function purseOf(address account, address key, address token) external view returns (uint128 left, uint40 validUntil) {
        Purse memory purse = _purses[account][key][token];
        return (purse.left, purse.validUntil);
    }

    function _return(address account, address key, address token, uint128 amount) internal {
        // Cannot overflow: all purses of a token together are at most what the vault holds of it, see {onPaid}.
        unchecked {
            _setLeft(account, key, token, _purses[account][key][token].left + amount);
        }
    }

    function _take(address account, address key, address token, uint256 amount) internal {
        uint128 left = _requireCovered(account, key, token, amount);
        // Cannot underflow, and the amount fits: it is at most what is left.
        unchecked {
            _setLeft(account, key, token, left - uint128(amount));
        }
    }

    /// @dev That it could be taken.
    function _requireCovered(address account, address key, address token, uint256 amount)
        internal
        view
        returns (uint128 left)
    {
        Purse memory purse = _purses[account][key][token];
        left = purse.left;
        require(block.timestamp <= purse.validUntil, Auctions_TooLate(purse.validUntil));
        require(amount <= left, Auctions_NotCovered(left, amount));
    }

    function _setLeft(address account, address key, address token, uint128 left) private {
        _purses[account][key][token].left = left;
        emit PurseChanged(account, key, token, left);
    }
}
