// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ISessions} from "./ISessions.sol";

/// @title Sessions: see {ISessions}.
contract Sessions is ISessions, ERC2771Context {
    /// @dev Exactly one storage word, so that an order by session key writes one word more than another.
    struct Session {
        uint128 left;
        uint40 validUntil;
        uint64 shopId;
    }

    uint256 private constant MAX_SECONDS = 30 days;

    address public immutable orderBook;

    mapping(address account => mapping(address key => mapping(address token => Session))) private _sessions;

    constructor(address orderBook_, address forwarder) ERC2771Context(forwarder) {
        orderBook = orderBook_;
    }

    /// @inheritdoc ISessions
    function open(address key, address token, uint128 limit, uint64 shopId, uint40 validUntil) external {
        bool inTime = validUntil > block.timestamp && validUntil <= block.timestamp + MAX_SECONDS;
        require(key != address(0) && limit != 0 && inTime, Sessions_Invalid());
        address account = _msgSender();
        _sessions[account][key][token] = Session(limit, validUntil, shopId);
        emit SessionOpened(account, key, token, limit, shopId, validUntil);
    }

    /// @inheritdoc ISessions
    function revoke(address key, address token) external {
        address account = _msgSender();
        require(_sessions[account][key][token].validUntil != 0, Sessions_NotOpen(account, key, 0));
        delete _sessions[account][key][token];
        emit SessionRevoked(account, key, token);
    }

    /// @inheritdoc ISessions
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount) external {
        require(msg.sender == orderBook, Sessions_NotOrderBook(msg.sender));
        Session storage slot = _sessions[account][key][token];
        Session memory session = slot;
        require(block.timestamp <= session.validUntil, Sessions_NotOpen(account, key, session.validUntil));
        require(session.shopId == 0 || session.shopId == shopId, Sessions_OtherShop(session.shopId, shopId));
        require(amount <= session.left, Sessions_OverLimit(session.left, amount));
        // Cannot underflow, and `amount` fits: it is at most what is left.
        uint128 left;
        unchecked {
            left = session.left - uint128(amount);
        }
        slot.left = left;
        emit SessionSpent(account, key, token, left);
    }

    /// @inheritdoc ISessions
    function sessionOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId)
    {
        Session memory session = _sessions[account][key][token];
        return (session.left, session.validUntil, session.shopId);
    }
}
