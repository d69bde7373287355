// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// placeOrderWithAuthorization
/// ├── places with one signature and no allowance, whoever submits
/// └── reverts when the authorization has another nonce, amount or signer, is expired, used, or a mere deposit
contract PlaceOrderWithAuthorizationTest is MarketTest {
    uint256 private _until;

    function setUp() public override {
        super.setUp();
        token.mint(buyer, 2 * TOTAL);
        _until = block.timestamp + 1 hours;
    }

    function test_PlacesWithOneSignature() public {
        Order memory order = _order();
        bytes memory signature = _authorize(key("buyer"), TOTAL, _idOf(order), _until);
        vm.prank(stranger);
        book.placeOrderWithAuthorization(order, 0, _until, signature);
        _assertState(order, State.Placed);
        assertEq(token.balanceOf(buyer), TOTAL, "paid from the wallet");
        assertEq(_balance(buyer), RICH, "balance untouched");
        assertEq(book.owed(address(token)), RICH + TOTAL, "owed");
    }

    function test_RevertWhen_NonceIsNotTheOrder() public {
        Order memory order = _order();
        _expectInvalid(order, _authorize(key("buyer"), TOTAL, bytes32(uint256(1)), _until));
    }

    function test_RevertWhen_AmountIsNotTheTotal() public {
        Order memory order = _order();
        _expectInvalid(order, _authorize(key("buyer"), TOTAL - 1, _idOf(order), _until));
    }

    function test_RevertWhen_AnotherSigned() public {
        Order memory order = _order();
        _expectInvalid(order, _authorize(key("stranger"), TOTAL, _idOf(order), _until));
    }

    function test_RevertWhen_Replayed() public {
        Order memory order = _order();
        bytes memory signature = _authorize(key("buyer"), TOTAL, _idOf(order), _until);
        book.placeOrderWithAuthorization(order, 0, _until, signature);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_AlreadyPlaced.selector, _idOf(order)));
        book.placeOrderWithAuthorization(order, 0, _until, signature);
    }

    function test_RevertWhen_AuthorizationExpired() public {
        Order memory order = _order();
        bytes memory signature = _authorize(key("buyer"), TOTAL, _idOf(order), _until);
        vm.warp(_until);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 0, _until));
        book.placeOrderWithAuthorization(order, 0, _until, signature);
    }

    function test_RevertWhen_CurrencyIsNative() public {
        Order memory order = _order();
        order.terms.currency = NATIVE;
        order.offerId = _publish(order.terms, STOCK);
        vm.expectRevert();
        book.placeOrderWithAuthorization(order, 0, _until, "");
    }

    function test_RevertWhen_TurnedIntoADeposit() public {
        Order memory order = _order();
        bytes32 id = _idOf(order);
        bytes memory signature = _authorize(key("buyer"), TOTAL, id, _until);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidNonce.selector, id));
        vm.prank(stranger);
        book.depositWithAuthorization(buyer, address(token), TOTAL, 0, _until, id, signature);
    }

    function _expectInvalid(Order memory order, bytes memory signature) private {
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        book.placeOrderWithAuthorization(order, 0, _until, signature);
    }
}
