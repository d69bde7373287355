// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// Batch
/// ├── run: orders that one buyer signed are placed together
/// │   └── when one of them cannot be placed, none is, and the failed one is named
/// ├── runEach: those that cannot be placed are skipped, each with its reason
/// ├── it says who calls it, while it calls
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

    function test_RunEach_MakesAllThatSucceed() public {
        Order[] memory orders = _two();
        _batch.runEach(_calls(orders));
        _assertState(orders[0], State.Placed);
        _assertState(orders[1], State.Placed);
    }

    function test_RunEach_SkipsWhatFailsAndSaysWhy() public {
        Order[] memory orders = _two();
        Batch.Call[] memory two = _calls(orders);
        Batch.Call[] memory calls = new Batch.Call[](4);
        (calls[0], calls[1], calls[2]) = (two[0], two[0], two[1]);
        calls[3] = Batch.Call(address(this), abi.encodeCall(this.fail, ()));
        bytes memory again = abi.encodeWithSelector(IOrderBook.OrderBook_AlreadyPlaced.selector, _idOf(orders[0]));
        vm.expectEmit(address(_batch));
        emit Batch.CallSkipped(1, again);
        vm.expectEmit(address(_batch));
        emit Batch.CallSkipped(3, "");
        _batch.runEach(calls);
        _assertState(orders[0], State.Placed);
        _assertState(orders[1], State.Placed);
    }

    function test_RunEach_OfNothing() public {
        _batch.runEach(new Batch.Call[](0));
    }

    /// Whoever calls is named, also after a call that came back and had calls of its own made.
    function test_Caller_IsWhoeverCalls() public {
        assertEq(_batch.caller(), address(0), "nobody");
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = Batch.Call(address(this), abi.encodeCall(this.assertCaller, (stranger)));
        calls[1] = Batch.Call(address(this), abi.encodeCall(this.nest, ()));
        calls[2] = calls[0];
        vm.prank(stranger);
        _batch.run(calls);
        assertEq(_batch.caller(), address(0), "nobody any more");
    }

    function fail() external pure {
        assembly ("memory-safe") {
            revert(0, 0)
        }
    }

    function assertCaller(address expected) external view {
        assertEq(_batch.caller(), expected, "caller");
    }

    function nest() external {
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = Batch.Call(address(this), abi.encodeCall(this.assertCaller, (address(this))));
        calls[1] = Batch.Call(address(this), abi.encodeCall(this.fail, ()));
        _batch.runEach(calls);
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
