// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../../src/order/IOrderBook.sol";
import {Payee, TabState} from "../../src/tab/ITabs.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice A market with one open tab, and states of it that key and operator sign.
abstract contract TabTest is MarketTest {
    uint256 internal constant LIMIT = 500e6;

    address internal immutable tabKey = person("tab key");
    address internal immutable friend = person("friend");
    uint256 internal until;

    function setUp() public virtual override {
        super.setUp();
        until = block.timestamp + 1 days;
        _openTab(buyer, tabKey, LIMIT, 0, until);
    }

    /// @dev What a shop, and a friend for a seventh of it, are owed.
    function _state(uint64 version, uint128 spent) internal view returns (TabState memory state, Payee[] memory payees) {
        payees = new Payee[](2);
        payees[0] = Payee(SHOP_ACCOUNT, spent - spent / 7);
        payees[1] = Payee(friend, spent / 7);
        state.account = buyer;
        state.key = tabKey;
        state.token = address(token);
        state.version = version;
        state.spent = spent;
        state.payees = keccak256(abi.encode(payees));
        state.purchases = keccak256(abi.encode("purchases", version));
    }

    function _closing(uint64 version, uint128 spent) internal view returns (TabState memory state, Payee[] memory payees) {
        (state, payees) = _state(version, spent);
        state.closing = true;
    }

    function _byKey(TabState memory state) internal view returns (bytes memory) {
        return sign(key("tab key"), tabs.digestOf(state));
    }

    function _byOperator(TabState memory state) internal view returns (bytes memory) {
        return sign(key("operator"), tabs.digestOf(state));
    }

    function _left() internal view returns (uint256 left) {
        (left,,,,) = tabs.tabOf(buyer, tabKey, address(token));
    }

    function _placeFromTab(Order memory order) internal {
        Order[] memory orders = new Order[](1);
        bytes[] memory signatures = new bytes[](1);
        orders[0] = order;
        signatures[0] = abi.encodePacked(tabKey, sign(key("tab key"), _idOf(order)));
        vm.prank(operator);
        book.placeOrders(orders, signatures);
    }

    /// @dev Somebody bought for `spent` and the operator claims it.
    function _claimByOperator(uint64 version, uint128 spent) internal returns (Payee[] memory payees) {
        TabState memory state;
        (state, payees) = _state(version, spent);
        bytes memory signature = _byKey(state);
        vm.prank(operator);
        tabs.claim(state, true, signature);
    }

    function _claimByAccount(uint64 version, uint128 spent) internal returns (Payee[] memory payees) {
        TabState memory state;
        (state, payees) = _state(version, spent);
        bytes memory signature = _byOperator(state);
        vm.prank(buyer);
        tabs.claim(state, false, signature);
    }

    function _post(uint256 bond) internal {
        _stake(operator, bond);
        vm.prank(operator);
        book.transferAndCall(address(token), address(operators), bond, abi.encode(operatorId));
    }
}
