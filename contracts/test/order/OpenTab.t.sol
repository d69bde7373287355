// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {ITabs, TabOpening} from "../../src/tab/ITabs.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// openTab: what an account signed, brought by anybody
contract OpenTabTest is MarketTest {
    bytes32 private constant TYPEHASH = keccak256(
        "TabOpening(address account,address key,address token,uint128 amount,uint64 shopId,uint40 validUntil,uint24 operatorId)"
    );
    uint128 private constant AMOUNT = 500e6;

    address private immutable _key = person("tab key");

    function _opening(address account) private view returns (TabOpening memory) {
        return TabOpening(account, _key, address(token), AMOUNT, 3, uint40(block.timestamp + 1 days), operatorId);
    }

    function _digest(TabOpening memory opening) private view returns (bytes32) {
        bytes32 separator = _domainSeparator(address(book));
        return keccak256(abi.encodePacked(hex"1901", separator, keccak256(abi.encode(TYPEHASH, opening))));
    }

    function _sign(TabOpening memory opening) private view returns (bytes memory) {
        return sign(key("buyer"), _digest(opening));
    }

    function _expect(bytes memory reason, TabOpening memory opening, bytes memory signature) private {
        vm.expectRevert(reason);
        vm.prank(stranger);
        book.openTab(opening, signature);
    }

    function _assertOpen(address account) private view {
        (uint128 left, uint40 end, uint64 onlyShop, uint24 by, uint24 epoch) = tabs.tabOf(account, _key, address(token));
        assertEq(left, AMOUNT, "left");
        assertEq(end, block.timestamp + 1 days, "until");
        assertEq(onlyShop, 3, "shop");
        assertEq(by, operatorId, "operator");
        assertEq(epoch, 0, "epoch");
        assertEq(_balance(address(tabs)), AMOUNT, "held");
    }

    function test_AnyoneOpensWhatTheAccountSigned() public {
        TabOpening memory opening = _opening(buyer);
        bytes memory signature = _sign(opening);
        vm.expectEmit(address(tabs));
        emit ITabs.TabOpened(
            buyer, _key, address(token), AMOUNT, AMOUNT, 3, uint40(block.timestamp + 1 days), operatorId
        );
        vm.expectEmit(address(book));
        emit IVault.Transferred(buyer, address(token), AMOUNT, address(tabs));
        vm.prank(stranger);
        book.openTab(opening, signature);
        _assertOpen(buyer);
        assertEq(_balance(buyer), RICH - AMOUNT, "balance");
    }

    function test_AContractSignsToo() public {
        ApprovingWallet wallet = new ApprovingWallet();
        _stake(address(wallet), AMOUNT);
        TabOpening memory opening = _opening(address(wallet));
        _expect(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, address(wallet)), opening, "");
        wallet.approve(_digest(opening));
        book.openTab(opening, "");
        _assertOpen(address(wallet));
    }

    function test_WhatTheBalanceLacksComesFromTheAllowance() public {
        vm.prank(buyer);
        book.withdraw(address(token), RICH - 1e6, buyer);
        TabOpening memory opening = _opening(buyer);
        bytes memory signature = _sign(opening);
        vm.prank(buyer);
        token.approve(address(book), AMOUNT - 1e6);
        book.openTab(opening, signature);
        _assertOpen(buyer);
        assertEq(_balance(buyer), 0, "balance");
        assertEq(book.owed(address(token)), AMOUNT, "owed");
        assertEq(token.balanceOf(address(book)), AMOUNT, "there");
    }

    function test_RevertWhen_ItIsNotTheAccountsSignature() public {
        TabOpening memory opening = _opening(buyer);
        bytes memory signature = _sign(opening);
        bytes memory reason = abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, buyer);
        _expect(reason, opening, sign(key("stranger"), _digest(opening)));
        opening.amount += 1;
        _expect(reason, opening, signature);
        opening.amount -= 1;
        opening.operatorId += 1;
        _expect(reason, opening, signature);
    }

    /// What is signed once opens one tab: no top-up of it, none after it.
    function test_RevertWhen_BroughtAgain() public {
        TabOpening memory opening = _opening(buyer);
        bytes memory signature = _sign(opening);
        book.openTab(opening, signature);
        bytes memory used = abi.encodeWithSelector(ITabs.Tabs_KeyUsed.selector, buyer, _key);
        _expect(used, opening, signature);
        vm.prank(buyer);
        tabs.close(_key, address(token));
        vm.warp(block.timestamp + 11 minutes);
        tabs.release(buyer, _key, address(token));
        _expect(used, opening, signature);
        assertEq(_balance(buyer), RICH, "balance");
    }

    function test_RevertWhen_Senseless() public {
        bytes memory invalid = abi.encodeWithSelector(ITabs.Tabs_Invalid.selector);
        TabOpening memory opening = _opening(buyer);
        opening.key = address(0);
        _expect(invalid, opening, _sign(opening));
        opening = _opening(buyer);
        opening.amount = 0;
        _expect(invalid, opening, _sign(opening));
        opening.amount = uint128(type(uint96).max) + 1;
        _expect(invalid, opening, _sign(opening));
        opening = _opening(buyer);
        opening.operatorId = 0;
        _expect(invalid, opening, _sign(opening));
        opening = _opening(buyer);
        opening.validUntil = uint40(block.timestamp);
        _expect(invalid, opening, _sign(opening));
        opening.validUntil = uint40(block.timestamp + 30 days + 1);
        _expect(invalid, opening, _sign(opening));
    }

    function test_RevertWhen_TheMoneyIsNotThere() public {
        vm.prank(buyer);
        book.withdraw(address(token), RICH - AMOUNT + 1, buyer);
        TabOpening memory opening = _opening(buyer);
        bytes memory signature = _sign(opening);
        vm.expectRevert();
        book.openTab(opening, signature);
        assertEq(_balance(address(tabs)), 0, "held");
        opening.token = NATIVE;
        _expect(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, NATIVE, 0, AMOUNT),
            opening,
            _sign(opening)
        );
    }

    function test_RevertWhen_NotThroughTheOrderBook() public {
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotOrderBook.selector, buyer));
        vm.prank(buyer);
        tabs.open(_opening(buyer));
    }
}
