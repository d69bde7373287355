// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Receipt} from "../../src/operator/IOperators.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {Payee, TabState} from "../../src/tab/ITabs.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// @notice A market whose operator has posted a bond, and two buyers with tabs, whose every balance is compared with what it should be.
abstract contract FraudTest is MarketTest {
    uint256 internal constant BOND = 100 * TOTAL;
    uint256 internal constant ASIDE = 10 * TOTAL;

    address internal immutable second = person("second buyer");
    address internal immutable tabKey = person("tab key");
    address internal immutable secondKey = person("second tab key");
    uint40 internal tabUntil;
    uint64 private _position;

    function setUp() public virtual override {
        super.setUp();
        tabUntil = uint40(block.timestamp + 1 days);
        _stake(second, RICH);
        _openTab(buyer, tabKey, ASIDE, 0, tabUntil);
        _openTab(second, secondKey, ASIDE, 0, tabUntil);
        _post(BOND);
        vm.roll(1000);
    }

    function _post(uint256 amount) internal {
        _stake(operator, amount);
        vm.prank(operator);
        book.transferAndCall(address(token), address(operators), amount, abi.encode(operatorId));
    }

    function _pledge() internal {
        vm.prank(seller);
        catalog.pledge(offerId, operatorId, uint40(block.timestamp + 1 hours));
    }

    /// @dev For the next ten blocks.
    function _promise(Order memory order, uint64 piece) internal returns (Receipt memory) {
        return Receipt({
            orderId: _idOf(order),
            buyer: order.buyer,
            token: order.terms.currency,
            total: uint128(book.totalOf(order)),
            offerId: order.offerId,
            piece: piece,
            quantity: order.quantity,
            position: ++_position,
            byBlock: uint64(block.number + 10)
        });
    }

    function _signed(Receipt memory receipt) internal view returns (bytes memory) {
        return sign(key("operator"), operators.digestOf(receipt));
    }

    function _claimDropped(Receipt memory receipt) internal {
        operators.claimDropped(operatorId, receipt, _signed(receipt));
    }

    function _claimConflicting(Receipt memory a, Receipt memory b) internal {
        operators.claimConflicting(operatorId, a, _signed(a), b, _signed(b));
    }

    function _expectConflict(Receipt memory a, Receipt memory b, bytes memory reason) internal {
        (bytes memory first, bytes memory other) = (_signed(a), _signed(b));
        vm.expectRevert(reason);
        operators.claimConflicting(operatorId, a, first, b, other);
    }

    function _expectDropped(Receipt memory receipt, bytes memory reason) internal {
        bytes memory signature = _signed(receipt);
        vm.expectRevert(reason);
        operators.claimDropped(operatorId, receipt, signature);
    }

    /// @dev The operator places what the key of a tab signed.
    function _settleOrder(Order memory order, string memory keyName) internal {
        (Order[] memory orders, bytes[] memory signatures) = (new Order[](1), new bytes[](1));
        (orders[0], signatures[0]) = (order, abi.encodePacked(person(keyName), sign(key(keyName), _idOf(order))));
        vm.prank(operator);
        book.placeOrders(orders, signatures);
    }

    /// @dev What was bought on the buyer's tab up to a version: all of it is the shop's.
    function _state(uint64 version, uint128 spent) internal view returns (TabState memory state) {
        (,,,, state.epoch) = tabs.tabOf(buyer, tabKey, address(token));
        (state.account, state.key, state.token) = (buyer, tabKey, address(token));
        (state.version, state.spent, state.payees) = (version, spent, keccak256(abi.encode(_payees(spent))));
        state.purchases = keccak256(abi.encode(version, spent));
    }

    function _payees(uint128 spent) internal pure returns (Payee[] memory payees) {
        payees = new Payee[](1);
        payees[0] = Payee(SHOP_ACCOUNT, spent);
    }

    function _byKey(TabState memory state) internal view returns (bytes memory) {
        return sign(key("tab key"), tabs.digestOf(state));
    }

    function _byOperator(TabState memory state) internal view returns (bytes memory) {
        return sign(key("operator"), tabs.digestOf(state));
    }

    function _finish(TabState memory state) internal {
        vm.warp(block.timestamp + 1 hours);
        tabs.finish(buyer, tabKey, address(token), _payees(state.spent));
    }

    /// @dev Ends a tab, waits and takes back what is left of it.
    function _release(address account, address key_) internal {
        vm.prank(account);
        tabs.close(key_, address(token));
        vm.warp(block.timestamp + 10 minutes + 1);
        tabs.release(account, key_, address(token));
    }

    /// @dev Both buyers' balances, the shop's, the treasury's, what is left of the bond, and what is set aside in tabs.
    function _assertMoney(uint256 buyer_, uint256 second_, uint256 shop_, uint256 treasury, uint256 bond, uint256 aside)
        internal
        view
    {
        assertEq(_balance(buyer), buyer_, "buyer");
        assertEq(_balance(second), second_, "second buyer");
        assertEq(_balance(SHOP_ACCOUNT), shop_, "shop");
        assertEq(_balance(feeRecipient), treasury, "treasury");
        assertEq(operators.bondOf(operatorId, address(token)), bond, "bond");
        assertEq(_balance(address(operators)), bond, "the vault holds the bond");
        assertEq(_balance(address(tabs)), aside, "set aside");
        assertEq(_balance(operator), 0, "operator");
    }
}
