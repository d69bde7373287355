// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators} from "../operator/IOperators.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IVault} from "../order/IVault.sol";
import {Batch} from "../platform/Batch.sol";
import {Claims} from "./Claims.sol";
import {ITabs, TabOpening} from "./ITabs.sol";
import {Till} from "./Till.sol";

/// @title Tabs: see {ITabs}.
contract Tabs is Claims {
    uint256 private constant MAX_SECONDS = 30 days;
    uint256 private constant CLOSING_SECONDS = 10 minutes;

    /// The operator and signer that were last found to belong together: a batch asks once for all its orders.
    uint256 private transient _known;

    constructor(IVault orderBook_, IOperators operators_, Batch batch_, address forwarder)
        Till(orderBook_, operators_, batch_, forwarder)
    {}

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        _requireOrderBook();
        require(amount <= type(uint96).max, Tabs_Invalid());
        (address key, uint64 shopId, uint40 validUntil, uint24 operatorId) =
            abi.decode(data, (address, uint64, uint40, uint24));
        _open(TabOpening(from, key, token, uint128(amount), shopId, validUntil, operatorId), true);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc ITabs
    function open(TabOpening calldata opening) external {
        _requireOrderBook();
        _open(opening, false);
    }

    /// @inheritdoc ITabs
    function close(address key, address token) external {
        address account = _msgSender();
        Tab storage tab = _tabs[account][key][token];
        uint40 validUntil = tab.validUntil;
        require(block.timestamp <= validUntil, Tabs_NotOpen(account, key, validUntil));
        uint256 notice = block.timestamp + CLOSING_SECONDS;
        if (notice < validUntil) tab.validUntil = validUntil = uint40(notice);
        emit TabClosing(account, key, token, validUntil);
    }

    /// @inheritdoc ITabs
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount, address placedBy)
        external
        returns (uint24)
    {
        _requireOrderBook();
        Tab storage slot = _tabs[account][key][token];
        (uint96 left, uint40 validUntil, uint64 onlyShop, uint24 operatorId) =
            (slot.left, slot.validUntil, slot.shopId, slot.operatorId);
        require(block.timestamp <= validUntil, Tabs_NotOpen(account, key, validUntil));
        require(onlyShop == 0 || onlyShop == shopId, Tabs_OtherShop(onlyShop, shopId));
        require(amount <= left, Tabs_OverLimit(left, amount));
        _requireOperator(operatorId, placedBy == address(batch) ? batch.caller() : placedBy);
        // Cannot underflow, and `amount` fits: it is at most what is left.
        unchecked {
            left -= uint96(amount);
        }
        slot.left = left;
        emit TabSpent(account, key, token, uint128(amount), left);
        return operatorId;
    }

    /// @inheritdoc ITabs
    function tabOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId, uint24 operatorId, uint24 epoch)
    {
        Tab memory tab = _tabs[account][key][token];
        return (tab.left, tab.validUntil, tab.shopId, tab.operatorId, tab.epoch);
    }

    /// @dev Or adds to it, if that is allowed.
    function _open(TabOpening memory opening, bool mayAdd) private {
        (address account, address key) = (opening.account, opening.key);
        Tab storage slot = _tabs[account][key][opening.token];
        (uint256 left, uint40 before) = (slot.left, slot.validUntil);
        bool same = slot.shopId == opening.shopId && slot.operatorId == opening.operatorId && slot.operatorId != 0;
        require(before == 0 || (mayAdd && same), Tabs_KeyUsed(account, key));
        _requireSensible(opening);
        left += opening.amount;
        require(left <= type(uint96).max && opening.validUntil >= before, Tabs_Invalid());
        (slot.left, slot.validUntil) = (uint96(left), opening.validUntil);
        (slot.shopId, slot.operatorId) = (opening.shopId, opening.operatorId);
        _emitOpened(opening, uint128(left));
    }

    /// @dev On its own, for the sake of the compiler's stack.
    function _emitOpened(TabOpening memory opening, uint128 left) private {
        emit TabOpened(
            opening.account,
            opening.key,
            opening.token,
            opening.amount,
            left,
            opening.shopId,
            opening.validUntil,
            opening.operatorId
        );
    }

    function _requireSensible(TabOpening memory opening) private view {
        uint256 validUntil = opening.validUntil;
        bool inTime = validUntil > block.timestamp && validUntil <= block.timestamp + MAX_SECONDS;
        bool named = opening.key != address(0) && opening.operatorId != 0;
        require(inTime && named && opening.amount != 0, Tabs_Invalid());
    }

    function _requireOperator(uint24 operatorId, address caller) private {
        uint256 pair = uint256(operatorId) << 160 | uint160(caller);
        if (pair == _known) return;
        require(operators.signerOf(operatorId) == caller, Tabs_NotParty(caller));
        _known = pair;
    }

    function _requireOrderBook() private view {
        require(msg.sender == address(orderBook), Tabs_NotOrderBook(msg.sender));
    }
}
