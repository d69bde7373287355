// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// Batch
/// ├── orders that one buyer signed are placed together
/// ├── when one of them cannot be placed, none is, and the failed one is named
/// └── it has no rights of its own
contract BatchTest is MarketTest {
    Batch private _batch;
    uint256 private constant KEY = 0xB0B;
    address private _signer;

    function setUp() public override {
        super.setUp();
        _batch = new Batch();
        _signer = vm.addr(KEY);
        _stake(_signer, RICH);
    }

    function test_PlacesSignedOrdersTogether() public {
        Order[] memory orders = _two();
        _batch.run(_calls(orders));
        _assertState(orders[0], State.Placed);
        _assertState(orders[1], State.Placed);
    }

    function test_RevertWhen_OneIsSoldOut() public {
        Order[] memory orders = _two();
        orders[1].quantity = STOCK;
        Batch.Call[] memory calls = _calls(orders);
        bytes memory reason = abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, STOCK - 1, STOCK);
        vm.expectRevert(abi.encodeWithSelector(Batch.Batch_CallFailed.selector, 1, reason));
        _batch.run(calls);
        _assertState(orders[0], State.None);
    }

    function test_RevertWhen_ItWouldActForSomebody() public {
        Order memory order = _order();
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = Batch.Call(address(book), abi.encodeCall(IOrderBook.placeOrder, (order)));
        bytes memory reason =
            abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), address(_batch));
        vm.expectRevert(abi.encodeWithSelector(Batch.Batch_CallFailed.selector, 0, reason));
        vm.prank(buyer);
        _batch.run(calls);
    }

    function _two() private returns (Order[] memory orders) {
        orders = new Order[](2);
        for (uint256 i = 0; i < 2; ++i) {
            orders[i] = _order();
            orders[i].buyer = _signer;
        }
    }

    function _calls(Order[] memory orders) private view returns (Batch.Call[] memory calls) {
        calls = new Batch.Call[](orders.length);
        for (uint256 i = 0; i < orders.length; ++i) {
            Order[] memory one = new Order[](1);
            bytes[] memory signatures = new bytes[](1);
            one[0] = orders[i];
            signatures[0] = _signOrder(KEY, orders[i]);
            calls[i] = Batch.Call(address(book), abi.encodeCall(IOrderBook.placeOrders, (one, signatures)));
        }
    }
}
