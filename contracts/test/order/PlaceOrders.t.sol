// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// placeOrders
/// ├── places what buyers signed, wallets and contracts alike, whoever submits
/// ├── places all or nothing
/// └── reverts when a signature is forged, of another order, chain or contract, replayed, or missing
contract PlaceOrdersTest is MarketTest {
    function test_PlacesOrdersOfSeveralBuyers() public {
        _stake(stranger, TOTAL);
        (Order memory a, Order memory b) = (_order(), _order());
        b.buyer = stranger;
        vm.prank(seller);
        book.placeOrders(_two(a, b), _two(_signOrder(key("buyer"), a), _signOrder(key("stranger"), b)));
        _assertState(a, State.Placed);
        _assertState(b, State.Placed);
        assertEq(_balance(stranger), 0, "charged");
    }

    function test_AcceptsAContractsSignature() public {
        ApprovingWallet wallet = new ApprovingWallet();
        _stake(address(wallet), TOTAL);
        Order memory order = _order();
        order.buyer = address(wallet);
        wallet.approve(_idOf(order));
        book.placeOrders(_one(order), _one(""));
        _assertState(order, State.Placed);
    }

    function test_DrawsAShortfallFromTheBuyersAllowance() public {
        token.mint(stranger, TOTAL);
        vm.prank(stranger);
        token.approve(address(book), TOTAL);
        Order memory order = _order();
        order.buyer = stranger;
        book.placeOrders(_one(order), _one(_signOrder(key("stranger"), order)));
        assertEq(token.balanceOf(stranger), 0, "paid");
    }

    function test_RevertWhen_OneOfThemFails() public {
        (Order memory a, Order memory b) = (_order(), _order());
        b.quantity = STOCK;
        bytes[] memory signatures = _two(_signOrder(key("buyer"), a), _signOrder(key("buyer"), b));
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, STOCK - 1, STOCK));
        book.placeOrders(_two(a, b), signatures);
        _assertState(a, State.None);
    }

    function test_RevertWhen_SignatureIsForged() public {
        Order memory order = _order();
        _expectInvalid(order, _signOrder(key("stranger"), order));
    }

    function test_RevertWhen_SignatureIsOfAnotherOrder() public {
        (Order memory order, Order memory other) = (_order(), _order());
        _expectInvalid(order, _signOrder(key("buyer"), other));
    }

    /// 85 bytes are a tab key's; see `TabOrders.t.sol`.
    function testFuzz_RevertWhen_SignatureIsGarbage(bytes calldata signature) public {
        vm.assume(signature.length != 85);
        _expectInvalid(_order(), signature);
    }

    function test_RevertWhen_SignedForAnotherChain() public {
        Order memory order = _order();
        vm.chainId(1);
        bytes memory signature = _signOrder(key("buyer"), order);
        vm.chainId(31337);
        _expectInvalid(order, signature);
    }

    function test_RevertWhen_SignedForAnotherContract() public {
        OrderBook other = new OrderBook(shop, catalog, parameters, tabs, address(auctions), address(forwarder));
        Order memory order = _order();
        _expectInvalid(order, sign(key("buyer"), other.orderIdOf(order)));
    }

    function test_RevertWhen_BuyerIsNobody() public {
        Order memory order = _order();
        order.buyer = address(0);
        order.affiliate = affiliate;
        _expectInvalid(order, new bytes(65));
    }

    /// The parameters are asked once for orders that say the same, and again for each that says something else.
    function test_RevertWhen_TheSecondIsNotAllowedWhatTheFirstIs() public {
        Order memory fine = _order();
        Order[3] memory wrong = [_order(), _order(), _order()];
        wrong[0].terms.currency = stranger;
        wrong[1].terms.arbitrator = stranger;
        wrong[2].feeBps = 1;
        bytes[3] memory reasons = [
            abi.encodeWithSelector(IOrderBook.OrderBook_CurrencyNotAllowed.selector, stranger),
            abi.encodeWithSelector(IOrderBook.OrderBook_ArbitratorNotAllowed.selector, stranger),
            abi.encodeWithSelector(IOrderBook.OrderBook_WrongFee.selector, 1, 0)
        ];
        bytes memory signature = _signOrder(key("buyer"), fine);
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(reasons[i]);
            book.placeOrders(_two(fine, wrong[i]), _two(signature, ""));
        }
        // Nor may the arbitrator of an earlier order buy under its own ruling.
        Order memory own = _order();
        own.buyer = arbitrator;
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_ArbitratorNotAllowed.selector, arbitrator));
        book.placeOrders(_two(fine, own), _two(signature, ""));
    }

    /// Words with more bits than their field has: another hash, and no order.
    function test_RevertWhen_AWordIsNotOfItsField() public {
        Order memory order = _order();
        bytes memory data = abi.encodeCall(IOrderBook.placeOrders, (_one(order), _one(_signOrder(key("buyer"), order))));
        // Selector, three words of arguments, the only element's offset; then the order's words.
        uint256 start = 4 + 4 * 32;
        uint256[6] memory narrow = [uint256(1), 3, 4, 5, 6, 8];
        for (uint256 i = 0; i < 6; ++i) {
            bytes memory broken = bytes.concat(data);
            broken[start + narrow[i] * 32] = 0x01;
            (bool done,) = address(book).call(broken);
            assertTrue(!done, "placed");
        }
        (bool placed,) = address(book).call(data);
        assertTrue(placed, "the sound one");
    }

    function test_RevertWhen_Replayed() public {
        Order memory order = _order();
        bytes memory signature = _signOrder(key("buyer"), order);
        book.placeOrders(_one(order), _one(signature));
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_AlreadyPlaced.selector, _idOf(order)));
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_SignaturesAreMissing() public {
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidQuantity.selector, 0));
        book.placeOrders(_one(order), new bytes[](0));
    }

    function test_RevertWhen_NativeBalanceIsShort() public {
        Order memory order = _order();
        order.terms.currency = NATIVE;
        order.offerId = _publish(order.terms, STOCK);
        bytes memory signature = _signOrder(key("buyer"), order);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, NATIVE, 0, TOTAL));
        book.placeOrders(_one(order), _one(signature));
    }

    function _expectInvalid(Order memory order, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, order.buyer));
        book.placeOrders(_one(order), _one(signature));
    }

    function _one(Order memory a) private pure returns (Order[] memory all) {
        all = new Order[](1);
        all[0] = a;
    }

    function _one(bytes memory a) private pure returns (bytes[] memory all) {
        all = new bytes[](1);
        all[0] = a;
    }

    function _two(Order memory a, Order memory b) private pure returns (Order[] memory all) {
        all = new Order[](2);
        (all[0], all[1]) = (a, b);
    }

    function _two(bytes memory a, bytes memory b) private pure returns (bytes[] memory all) {
        all = new bytes[](2);
        (all[0], all[1]) = (a, b);
    }
}
