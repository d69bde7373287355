// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {Forwarder} from "../../src/platform/Forwarder.sol";
import {IReviews} from "../../src/review/IReviews.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {IShop} from "../../src/shop/IShop.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// Calls by signature (ERC-2771): the signer is the sender in every contract of the market, and nobody else can claim to be.
contract ForwarderTest is MarketTest {
    function test_ThePlacingBuyerIsTheSigner() public {
        Order memory order = _order();
        _forward(key("buyer"), address(book), abi.encodeCall(IOrderBook.placeOrder, (order)));
        _assertState(order, State.Placed);
        _forward(key("seller"), address(book), abi.encodeCall(IOrderBook.ship, (order, 0)));
        _forward(key("buyer"), address(book), abi.encodeCall(IOrderBook.confirm, (order)));
        _forward(key("buyer"), address(reviews), abi.encodeCall(IReviews.review, (order, true, 5, "good")));
        _forward(key("seller"), address(book), abi.encodeCall(IVault.withdrawShop, (shopId, address(token), TOTAL)));
        assertEq(token.balanceOf(seller), TOTAL, "paid out");
    }

    function test_ShopAndCatalogKnowTheSigner() public {
        _forward(key("seller"), address(shop), abi.encodeCall(IShop.setPayout, (shopId, stranger)));
        assertEq(shop.payoutOf(shopId), stranger, "payout");
        _forward(key("seller"), address(catalog), abi.encodeCall(ICatalog.setStock, (offerId, 3)));
        assertEq(_stock(offerId), 3, "stock");
        _forward(key("stranger"), address(shop), abi.encodeCall(IShop.open, ("by-signature", stranger, "{}")));
        assertEq(shop.ownerOf(2), stranger, "owner");
    }

    function test_RevertWhen_SignedByAnother() public {
        ERC2771Forwarder.ForwardRequestData memory request =
            _request(key("stranger"), address(book), abi.encodeCall(IVault.withdraw, (address(token), 1, stranger)));
        request.from = buyer;
        vm.expectRevert();
        forwarder.execute(request);
    }

    function test_RevertWhen_Replayed() public {
        bytes memory data = abi.encodeCall(IVault.withdraw, (address(token), 1, stranger));
        ERC2771Forwarder.ForwardRequestData memory request = _request(key("buyer"), address(book), data);
        forwarder.execute(request);
        vm.expectRevert();
        forwarder.execute(request);
        assertEq(token.balanceOf(stranger), 1, "once");
    }

    /// Whoever appends an address to calldata without being the forwarder stays who they are.
    function test_RevertWhen_TheSenderIsForged() public {
        bytes memory data = abi.encodePacked(abi.encodeCall(IVault.withdraw, (address(token), 1, stranger)), buyer);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, stranger, address(token), 0, 1)
        );
        vm.prank(stranger);
        (bool ok,) = address(book).call(data);
        assertTrue(ok, "the revert was expected");
    }

    function test_RevertWhen_AnotherForwarderClaimsTheSender() public {
        Forwarder rogue = new Forwarder();
        bytes memory data = abi.encodePacked(abi.encodeCall(IVault.withdraw, (address(token), 1, stranger)), buyer);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, address(rogue), address(token), 0, 1)
        );
        vm.prank(address(rogue));
        (bool ok,) = address(book).call(data);
        assertTrue(ok, "the revert was expected");
    }

    function test_RevertWhen_ForwardedToTheCatalogAsTheOrderBook() public {
        bytes memory data = abi.encodePacked(abi.encodeCall(ICatalog.restock, (offerId, 1)), address(book));
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_NotOrderBook.selector, address(forwarder)));
        vm.prank(address(forwarder));
        (bool ok,) = address(catalog).call(data);
        assertTrue(ok, "the revert was expected");
    }

    function _forward(uint256 secret, address to, bytes memory data) private {
        ERC2771Forwarder.ForwardRequestData memory request = _request(secret, to, data);
        vm.prank(affiliate);
        forwarder.execute(request);
    }

    function _request(uint256 secret, address to, bytes memory data)
        private
        view
        returns (ERC2771Forwarder.ForwardRequestData memory request)
    {
        request.from = vm.addr(secret);
        request.to = to;
        request.gas = 1_000_000;
        request.deadline = uint48(block.timestamp + 1 hours);
        request.data = data;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,uint48 deadline,bytes data)"
                ),
                request.from,
                to,
                0,
                request.gas,
                forwarder.nonces(request.from),
                request.deadline,
                keccak256(data)
            )
        );
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Kaishi Forwarder"),
                keccak256("1"),
                block.chainid,
                address(forwarder)
            )
        );
        request.signature = sign(secret, keccak256(abi.encodePacked(hex"1901", separator, structHash)));
    }
}
